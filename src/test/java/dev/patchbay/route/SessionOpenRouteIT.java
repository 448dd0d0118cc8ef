package dev.patchbay.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.PatchbayException;
import dev.patchbay.session.Seeds;
import dev.patchbay.session.SessionProvider;
import dev.patchbay.session.SessionProviders;
import dev.patchbay.session.SessionRequests;
import dev.patchbay.store.SessionStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code session-open}: what cannot be opened leaves nothing behind. */
class SessionOpenRouteIT {

    private static RouteScene scene;

    @BeforeAll
    static void start(@TempDir Path dir) throws Exception {
        scene = new RouteScene(dir, "session-open", "error-default")
                .withCalls()
                .with(
                        "sessionProviders",
                        new SessionProviders(List.of(
                                new SessionProvider("daily", "Daily", List.of("DAILY_API_KEY")),
                                new SessionProvider("broken", "Broken", List.of()))))
                .failing("broken-session-open", "out of order")
                .start();
    }

    @AfterAll
    static void close() throws Exception {
        scene.close();
    }

    @Test
    void aProviderThatIsNotSetUpOpensNothing() {
        assertThatThrownBy(() -> open(Seeds.DAILY))
                .rootCause()
                .isInstanceOfSatisfying(PatchbayException.class, refused -> assertThat(refused.category())
                        .isEqualTo(ErrorCategory.UNAVAILABLE))
                .hasMessage("Daily not configured. Set DAILY_API_KEY");
        assertThat(sessions()).isEmpty();
    }

    @Test
    void aProviderThatFailsOpensNothing() {
        assertThatThrownBy(() -> open("{\"provider\":\"broken\"}")).hasStackTraceContaining("out of order");
        assertThat(sessions()).isEmpty();
    }

    private static void open(String body) throws Exception {
        scene.send("session-open", Map.of("request", new SessionRequests().read(body)));
    }

    private static List<?> sessions() {
        return scene.bean(SessionStore.class).list(null, null, null, 10).items();
    }
}
