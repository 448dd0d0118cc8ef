package dev.patchbay.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class ProblemTest {

    @Test
    void aKnownFailureIsShownHoweverDeepItIsWrapped() {
        PatchbayException known =
                new PatchbayException(ErrorCategory.PROVIDER_FAILED, "twilio", "Twilio 20003: Authenticate");

        assertThat(Problem.of(new IllegalStateException("route failed", new CompletionException(known))))
                .isEqualTo(new Problem(502, "The provider failed", "Twilio 20003: Authenticate", null));
    }

    @Test
    void anUnknownFailureTellsNothingOfItself() {
        Problem problem = Problem.of(new IllegalStateException("password=s3cret"));

        assertThat(problem.status()).isEqualTo(500);
        assertThat(problem.toJson()).doesNotContain("s3cret");
    }

    @Test
    void aTimeOutIsATimeOut() {
        assertThat(Problem.of(new CompletionException(new TimeoutException("3 s")))
                        .status())
                .isEqualTo(504);
    }

    @Test
    void aCircleOfCausesEnds() {
        Exception first = new Exception("first");
        first.initCause(new Exception("second", first));

        assertThat(Problem.of(first).status()).isEqualTo(500);
    }

    @Test
    void theJsonHasTheMembersOfTheStandard() {
        assertThat(Problem.of(ErrorCategory.NOT_FOUND, "No call \"x\"\n").toJson())
                .isEqualTo("{\"type\":\"about:blank\",\"title\":\"Not found\",\"status\":404,"
                        + "\"detail\":\"No call \\\"x\\\"\\n\"}");
        assertThat(Problem.of(ErrorCategory.CONFLICT, "busy").at("/calls/01J").toJson())
                .endsWith(",\"instance\":\"/calls/01J\"}");
    }
}
