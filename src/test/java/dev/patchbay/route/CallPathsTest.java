package dev.patchbay.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CallPathsTest {

    private static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");

    private final List<String> lines = new ArrayList<>();
    private final DefaultCamelContext context = new DefaultCamelContext();
    private final CallPaths paths = new CallPaths(Clock.fixed(NOON, ZoneOffset.UTC), lines::add);

    @BeforeEach
    void start() throws Exception {
        paths.follow(context);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:door")
                        .routeId("door")
                        .setBody(constant("secret"))
                        .id("door-body")
                        .to("direct:room")
                        .id("door-room");
                from("direct:room")
                        .routeId("room")
                        .filter(simple("${variable.fails}"))
                        .id("room-filter")
                        .throwException(new IllegalStateException("secret"))
                        .id("room-fails");
            }
        });
        context.start();
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    private void call(String callSid, boolean fails) {
        context.createFluentProducerTemplate()
                .to("direct:door")
                .withVariable("fails", fails)
                .withBody(Map.of("CallSid", callSid, "From", "+14155550123"))
                .send();
    }

    @Test
    void aCallThatIsWatchedTellsItsWay() {
        paths.watch("CA1", Duration.ofMinutes(5));

        call("CA2", false);
        call("CA1", false);

        assertThat(lines)
                .containsExactly(
                        "Call CA1 > door",
                        "Call CA1   door: setBody door-body",
                        "Call CA1   door: to door-room",
                        "Call CA1 > room",
                        "Call CA1   room: filter room-filter",
                        "Call CA1 < room",
                        "Call CA1 < door");
    }

    @Test
    void whereItFailedIsToldAndNothingThatAnybodySaid() {
        paths.watch("CA1", Duration.ofMinutes(5));

        call("CA1", true);

        assertThat(lines).contains("Call CA1   room: throwException room-fails");
        assertThat(lines).endsWith("Call CA1 < door failed: IllegalStateException");
        assertThat(String.join("\n", lines)).doesNotContain("secret", "+1");
    }

    @Test
    void nobodyIsWatchedForEver() {
        assertThat(paths.watch("CA1", Duration.ofMinutes(5))).isEqualTo(NOON.plusSeconds(300));
        assertThat(paths.watched()).containsExactly(Map.entry("CA1", NOON.plusSeconds(300)));
        assertThat(paths.leave("CA1")).isTrue();
        assertThat(paths.leave("CA1")).isFalse();
        call("CA1", false);
        assertThat(lines).isEmpty();

        assertThatThrownBy(() -> paths.watch("CA1", Duration.ofHours(25))).hasMessageContaining("24 h");
        assertThatThrownBy(() -> paths.watch("CA1", Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
        for (int call = 0; call < 100; call++) {
            paths.watch("CA" + call, Duration.ofMinutes(1));
        }
        assertThatThrownBy(() -> paths.watch("CA100", Duration.ofMinutes(1))).hasMessageContaining("already");
    }
}
