package dev.patchbay.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.mongodb.client.MongoDatabase;
import dev.patchbay.call.Call;
import dev.patchbay.call.CallStatus;
import dev.patchbay.call.Direction;
import dev.patchbay.call.Ids;
import dev.patchbay.call.MediaFigures;
import dev.patchbay.call.TranscriptTurn;
import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.PatchbayException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(EmbeddedDatabase.class)
class CallLogIT {

    private static final Instant START = Instant.parse("2025-01-02T03:04:05.678Z");

    private final CallStore calls;
    private final CallEventStore events;
    private final TranscriptStore transcripts;
    private final CallLog log;

    CallLogIT(MongoDatabase database) {
        calls = new CallStore(database);
        events = new CallEventStore(database);
        transcripts = new TranscriptStore(database);
        log = new CallLog(calls, events, transcripts);
    }

    @Test
    void listsNewestFirstPageByPage() {
        for (int i = 0; i < 5; i++) {
            open("CA" + i);
        }
        List<Object> sids = new ArrayList<>();
        String cursor = null;
        int pages = 0;
        do {
            Map<String, @Nullable Object> page = log.list(cursor, "2");
            assertThat(page.keySet()).containsExactly("calls", "next_cursor");
            items(page, "calls").forEach(call -> sids.add(String.valueOf(call.get("call_sid"))));
            cursor = (String) page.get("next_cursor");
            pages++;
        } while (cursor != null);
        assertThat(pages).isEqualTo(3);
        assertThat(sids).containsExactly("CA4", "CA3", "CA2", "CA1", "CA0");
    }

    @Test
    void anEmptyLogIsAnEmptyPage() {
        Map<String, @Nullable Object> page = log.list(null, null);
        assertThat(items(page, "calls")).isEmpty();
        assertThat(page).containsEntry("next_cursor", null);
    }

    @Test
    void aPageHasFiftyUnlessAskedOtherwise() {
        for (int i = 0; i < 51; i++) {
            open("CA" + i);
        }
        assertThat(items(log.list(null, null), "calls")).hasSize(50);
        assertThat(items(log.list(" ", ""), "calls")).hasSize(50);
        assertThat(items(log.list(null, " 200 "), "calls")).hasSize(51);
    }

    @Test
    void aCallIsFoundByOurIdAndByTheProvidersIds() {
        Call call = open("CA1");
        calls.providerCall(call.id(), "conv_1");
        assertThat(log.get("CA1")).isEqualTo(log.get(call.id())).isEqualTo(log.get("conv_1"));
        assertThat(log.get("CA1").keySet())
                .containsExactly(
                        "id",
                        "call_sid",
                        "provider",
                        "provider_call_id",
                        "direction",
                        "from",
                        "to",
                        "agent_id",
                        "status",
                        "started_at",
                        "answered_at",
                        "ended_at",
                        "duration",
                        "ended_by",
                        "error",
                        "media",
                        "disconnection_reason",
                        "analysis");
        assertThat(log.get("CA1"))
                .containsEntry("status", "in-progress")
                .containsEntry("started_at", "2025-01-02T03:04:05.678Z")
                .containsEntry("duration", null);
    }

    @Test
    void eventsAreReadLikeAStory() {
        Call call = open("CA1");
        Call other = open("CA2");
        events.append(call.id(), "call-received", Map.of());
        events.append(other.id(), "call-received", Map.of());
        events.append(call.id(), "call-answered", Map.of("agent_id", "general"));
        events.append(call.id(), "media-ended", Map.of("frames_in", 3));

        Map<String, @Nullable Object> first = log.events("CA1", null, "2");
        assertThat(items(first, "events"))
                .extracting(event -> event.get("type"))
                .containsExactly("call-received", "call-answered");
        Map<String, @Nullable Object> second = log.events(call.id(), (String) first.get("next_cursor"), "2");
        assertThat(items(second, "events")).singleElement().satisfies(event -> {
            assertThat(event.get("data")).isEqualTo(Map.of("frames_in", 3));
            assertThat(event.get("call_id")).isEqualTo(call.id());
        });
        assertThat(second).containsEntry("next_cursor", null);
    }

    @Test
    void theTranscriptNamesItsCall() {
        Call call = open("CA1");
        transcripts.append(call.id(), TranscriptTurn.AGENT, "Hello", START);
        transcripts.append(call.id(), TranscriptTurn.USER, "Hi", START.plusSeconds(1));

        Map<String, @Nullable Object> first = log.transcript("CA1", null, "1");
        assertThat(first.keySet()).containsExactly("call_id", "turns", "next_cursor");
        assertThat(first).containsEntry("call_id", call.id());
        assertThat(items(first, "turns"))
                .containsExactly(Map.of("role", "agent", "text", "Hello", "at", "2025-01-02T03:04:05.678Z"));
        assertThat(items(log.transcript("CA1", (String) first.get("next_cursor"), "1"), "turns"))
                .extracting(turn -> turn.get("text"))
                .containsExactly("Hi");
    }

    @Test
    void anUnknownCallIsNotFound() {
        for (Runnable read : List.<Runnable>of(
                () -> log.get("CA9"),
                () -> log.events("CA9", null, null),
                () -> log.transcript(Ids.next(), null, null))) {
            assertThatThrownBy(read::run)
                    .asInstanceOf(type(PatchbayException.class))
                    .extracting(PatchbayException::category)
                    .isEqualTo(ErrorCategory.NOT_FOUND);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "201", "x", "1.5", "99999999999"})
    void aBadLimitIsNamed(String limit) {
        open("CA1");
        for (Runnable read : List.<Runnable>of(
                () -> log.list(null, limit),
                () -> log.events("CA1", null, limit),
                () -> log.transcript("CA1", null, limit))) {
            assertThatThrownBy(read::run)
                    .hasMessage("limit must be a number from 1 to 200")
                    .asInstanceOf(type(PatchbayException.class))
                    .extracting(PatchbayException::category)
                    .isEqualTo(ErrorCategory.INVALID_REQUEST);
        }
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> items(Map<String, @Nullable Object> page, String name) {
        Object items = page.get(name);
        assertThat(items).isInstanceOf(List.class);
        return items == null ? List.of() : (List<Map<String, Object>>) items;
    }

    private Call open(String callSid) {
        return calls.open(new Call(
                Ids.next(),
                callSid,
                "elevenlabs",
                null,
                Direction.INBOUND,
                "+14155550123",
                "+14155550124",
                "general",
                CallStatus.IN_PROGRESS,
                START,
                START,
                null,
                null,
                null,
                null,
                MediaFigures.NONE));
    }
}
