package dev.patchbay.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptTest {

    private static final List<String> OFFERS =
            List.of("application/json", "application/openmetrics-text; version=1.0.0", "text/plain; version=0.0.4");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*/* | json",
                "application/json | json",
                "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8 | json",
                "text/plain | plain",
                "TEXT/Plain | plain",
                "text/* | plain",
                "text/plain, */* | plain",
                "application/* | json",
                "application/openmetrics-text | openmetrics",
                "application/json;q=0.5, text/plain;q=0.6 | plain",
                "application/json ; Q=0.1 , */* ; q=0.2 | openmetrics",
                "*/*, application/json;q=0 | openmetrics",
                "text/plain;q=0, text/* | none",
                "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,"
                        + "application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=0.0.4;q=0.3,*/*;q=0.2"
                        + " | openmetrics",
                "image/png | none",
                "application/json;q=0 | none",
                "application/json;q=much | none",
                "application/json;q=NaN | none",
                ",;,/ | none",
            })
    void whatIsWantedMostIsGiven(String header, String wanted) {
        assertThat(Accept.best(header, OFFERS).orElse("none")).contains(wanted);
    }

    @Test
    void withoutAWishTheFirstIsGiven() {
        assertThat(Accept.best(null, OFFERS)).hasValue("application/json");
        assertThat(Accept.best(" ", OFFERS)).hasValue("application/json");
    }
}
