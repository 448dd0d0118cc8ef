package dev.patchbay.provider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProviderFaultTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"code\":21211,\"message\":\"Invalid 'To'\",\"status\":400} | `: 21211 Invalid 'To'`",
                "{\"status\":\"error\",\"message\":\"no such agent\"}         | `: no such agent`",
                "{\"detail\":{\"status\":\"voice_not_found\",\"message\":\"m\"}} | `: voice_not_found m`",
                "{\"detail\":[{\"loc\":[],\"msg\":\"x\",\"type\":\"t\"}]}     | ``",
                "{\"error\":\"invalid-request-error\",\"info\":\"room\"}      | `: invalid-request-error room`",
                "{\"error\":{\"message\":\"bad key\",\"code\":\"invalid_api_key\"}} | `: invalid_api_key bad key`",
                "{}                                                           | ``",
                "[1]                                                          | ``",
                "<html>Bad gateway</html>                                     | ``",
            })
    void findsCodeAndWordsInEveryProvidersShape(String body, String expected) {
        assertThat(ProviderFault.of(body.getBytes(UTF_8))).isEqualTo(expected == null ? "" : expected);
    }
}
