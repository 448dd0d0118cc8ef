package dev.patchbay.sandbox.caller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallRequestTest {

    @ParameterizedTest
    @ValueSource(strings = {"https://api.example.com", "http://127.0.0.1.example.com", "http://10.0.0.1:8080", "/path"})
    void callsThisMachineOnly(String elsewhere) {
        assertThatThrownBy(() -> to(elsewhere)).hasMessageContaining("this machine only");
        assertThatThrownBy(() -> TwilioWebhooks.resolve(URI.create("http://127.0.0.1:8080/a"), "//example.com/b"))
                .isInstanceOf(TwimlException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:8080", "http://localhost:8080", "http://[::1]:8080"})
    void thisMachineHasSeveralNames(String gateway) {
        assertThat(to(gateway).gateway()).isEqualTo(URI.create(gateway));
    }

    @Test
    void resolvesUrlsAgainstTheDocumentTheyStandIn() {
        URI document = URI.create("http://127.0.0.1:8080/twilio/incoming-call");

        assertThat(TwilioWebhooks.resolve(document, "/x?y=%20")).hasToString("http://127.0.0.1:8080/x?y=%20");
        assertThat(TwilioWebhooks.resolve(document, "other")).hasToString("http://127.0.0.1:8080/twilio/other");
        assertThat(TwilioWebhooks.resolve(document, "")).isEqualTo(document);
        assertThatThrownBy(() -> TwilioWebhooks.resolve(document, "http://a b/"))
                .isInstanceOf(TwimlException.class);
    }

    @Test
    void aCallerWithoutATimeToHangUpStillLosesPatience() {
        CallRequest request = to("http://127.0.0.1:8080");

        assertThat(request.behaviour().patienceMillis(CallerAudio.silence(4_000)))
                .isEqualTo(25_500);
        assertThat(CallerBehaviour.DEFAULT.hangingUpAfter(Duration.ofSeconds(2)).patienceMillis(request.audio()))
                .isEqualTo(2_000);
    }

    private static CallRequest to(String gateway) {
        return CallRequest.of("+14155550123", "+14155550100", CallerAudio.silence(20), URI.create(gateway), "AC", "t");
    }
}
