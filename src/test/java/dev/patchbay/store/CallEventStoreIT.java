package dev.patchbay.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import dev.patchbay.call.CallEvent;
import dev.patchbay.call.Ids;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EmbeddedDatabase.class)
class CallEventStoreIT {

    private final CallEventStore events;

    CallEventStoreIT(MongoDatabase database) {
        events = new CallEventStore(database);
    }

    @Test
    void listsACallsEventsOldestFirstPageByPage() {
        String call = Ids.next();
        String other = Ids.next();
        List<CallEvent> appended = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            appended.add(events.append(call, "status." + i, Map.of("SequenceNumber", i)));
            events.append(other, "status." + i, Map.of());
        }
        Page<CallEvent> first = events.list(call, null, 3);
        Page<CallEvent> second = events.list(call, first.nextCursor(), 3);
        assertThat(first.items()).isEqualTo(appended.subList(0, 3));
        assertThat(second.items()).isEqualTo(appended.subList(3, 5));
        assertThat(second.nextCursor()).isNull();
    }

    @Test
    void aCallWithoutEventsHasAnEmptyPage() {
        events.append(Ids.next(), "status", Map.of());
        assertThat(events.list(Ids.next(), null, 50)).isEqualTo(new Page<>(List.of(), null));
    }

    @Test
    void nestedDataComesBack() {
        Map<String, Object> data = Map.of("list", List.of("a", Map.of("b", 1L)), "flag", true, "ratio", 0.5);
        CallEvent event = events.append(Ids.next(), "agent.metadata", data);
        assertThat(events.list(event.callId(), null, 1).items().get(0).data()).isEqualTo(data);
    }
}
