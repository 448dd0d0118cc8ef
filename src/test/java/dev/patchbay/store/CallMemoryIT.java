package dev.patchbay.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoDatabase;
import dev.patchbay.call.Call;
import dev.patchbay.call.CallEvent;
import dev.patchbay.call.CallStatus;
import dev.patchbay.call.Direction;
import dev.patchbay.call.Ids;
import dev.patchbay.call.MediaFigures;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(EmbeddedDatabase.class)
class CallMemoryIT {

    private final Call call = new Call(
            Ids.next(),
            "CA1",
            null,
            null,
            Direction.INBOUND,
            "anonymous",
            "+15550000000",
            null,
            CallStatus.RINGING,
            Instant.now(),
            null,
            null,
            null,
            null,
            null,
            MediaFigures.NONE);

    private final CallContextStore contexts;
    private final CallEventStore events;
    private final CustomerContexts customers;
    private final CallMemory memory;

    CallMemoryIT(MongoDatabase database) {
        contexts = new CallContextStore(database, Clock.systemUTC());
        events = new CallEventStore(database);
        customers = new CustomerContexts(new CustomerStore(database), contexts);
        memory = new CallMemory(contexts, events);
    }

    @Test
    void whatWasLearnedIsInTheCallsContextFromThenOn() {
        memory.learned(call, "menu", "sales");
        memory.learned(call, "recording_consent", true);
        memory.learned(call, "menu", "support");

        assertThat(customers.contextOfCall(call))
                .containsEntry("menu", "support")
                .containsEntry("recording_consent", true)
                .containsEntry("name", "Valued Customer");
        assertThat(events.list(call.id(), null, 10).items())
                .extracting(CallEvent::type, CallEvent::data)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("caller-answered", Map.of("menu", "sales")),
                        org.assertj.core.groups.Tuple.tuple("caller-answered", Map.of("recording_consent", true)),
                        org.assertj.core.groups.Tuple.tuple("caller-answered", Map.of("menu", "support")));
    }

    @Test
    void theAgentIsKeptBesideIt() {
        assertThat(memory.agentOf(call)).isNull();

        memory.keepAgent(call, null);
        assertThat(memory.agentOf(call)).isNull();
        memory.learned(call, "menu", "sales");
        assertThat(memory.agentOf(call)).isNull();
        memory.keepAgent(call, "reception");
        memory.keepAgent(call, null);

        assertThat(memory.agentOf(call)).isEqualTo("reception");
        assertThat(customers.contextOfCall(call)).containsEntry("menu", "sales").doesNotContainKey("agent_id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a.b", "$set", "Menu", "agent-id"})
    void aNameIsWhatAgentsCanRead(String name) {
        assertThatThrownBy(() -> memory.learned(call, name, "x")).isInstanceOf(IllegalArgumentException.class);
        assertThat(contexts.find(call.id())).isEmpty();
    }
}
