package dev.patchbay.route.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallEventsEndpointTest {

    private final CallEventsComponent component = new CallEventsComponent();

    CallEventsEndpointTest() {
        component.setCamelContext(new DefaultCamelContext());
    }

    @ParameterizedTest
    @CsvSource({
        "*, agent-lost, true",
        "agent-lost, agent-lost, true",
        "agent-lost, agent-lost-again, false",
        "agent-*, agent-lost, true",
        "agent-*, media-started, false",
        "'media-started, call-*', call-completed, true",
        "'media-started, call-*', agent-lost, false",
    })
    void anEventIsWantedByItsType(String types, String type, boolean wanted) throws Exception {
        CallEventsEndpoint endpoint = new CallEventsEndpoint("call-events:x", component, types);

        assertThat(endpoint.wants(type)).isEqualTo(wanted);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a,,b", "Agent Lost", "*-lost", "${body}"})
    void whatIsNoTypeIsRefused(String types) {
        assertThatThrownBy(() -> new CallEventsEndpoint("call-events:x", component, types))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no type of event");
    }

    @Test
    void aQueueHasRoom() {
        CallEventsEndpoint endpoint = new CallEventsEndpoint("call-events:x", component, "*");

        assertThatThrownBy(() -> endpoint.setQueueSize(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aTapIsWhatATapCanBe() {
        MediaTapEndpoint tap = new MediaTapEndpoint("media-tap:*", new MediaTapComponent(), "*");

        assertThatThrownBy(() -> tap.setRate(11_025)).hasMessageContaining("none of 8000");
        assertThatThrownBy(() -> tap.setSide("left")).hasMessageContaining("none of caller, agent, both");
        assertThatThrownBy(() -> tap.setChunk(10)).hasMessageContaining("20 to 10000");
    }
}
