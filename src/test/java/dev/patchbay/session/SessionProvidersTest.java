package dev.patchbay.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.PatchbayException;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionProvidersTest {

    private final SessionProviders providers = new SessionProviders(List.of(
            new SessionProvider("daily", "Daily", List.of("DAILY_API_KEY")),
            new SessionProvider("twilio", "Twilio", List.of())));

    @Test
    void aProviderThatIsNotSetUpIsUnavailableAndNamesItsVariables() {
        PatchbayException refused = catchThrowableOfType(PatchbayException.class, () -> providers.required("daily"));

        assertThat(refused.category()).isEqualTo(ErrorCategory.UNAVAILABLE);
        assertThat(refused).hasMessage("Daily not configured. Set DAILY_API_KEY");
    }

    @Test
    void aProviderThatNobodyIsIsAWrongField() {
        PatchbayException refused = catchThrowableOfType(PatchbayException.class, () -> providers.required("zoom"));

        assertThat(refused.category()).isEqualTo(ErrorCategory.INVALID_REQUEST);
        assertThat(refused).hasMessage("provider must be one of daily, twilio");
        assertThat(providers.required("twilio")).isEqualTo("twilio");
    }

    @Test
    void servicesOfOthersThanTheAgentAreNotSupported() {
        SessionRequest request = new SessionRequests().read(Seeds.WITH_CONFIG);

        for (String agent : new String[] {null, "elevenlabs", "retell"}) {
            PatchbayException refused =
                    catchThrowableOfType(PatchbayException.class, () -> providers.requireServed(request, agent));
            assertThat(refused.category()).isEqualTo(ErrorCategory.NOT_SUPPORTED);
            assertThat(refused).hasMessageContaining("nothing serves stt with the connector openai");
        }
    }

    @Test
    void anAgentServesItself() {
        SessionRequest request = new SessionRequests()
                .read(
                        "{\"provider\":\"elevenlabs\",\"config\":{\"connectors\":{\"llm\":{\"provider\":\"elevenlabs\"}}}}");

        assertThatCode(() -> providers.requireServed(request, "elevenlabs")).doesNotThrowAnyException();
        assertThatCode(() -> providers.requireServed(new SessionRequests().read(Seeds.DAILY), null))
                .doesNotThrowAnyException();
    }
}
