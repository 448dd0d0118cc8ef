package dev.patchbay.store;

import static dev.patchbay.call.TranscriptTurn.AGENT;
import static dev.patchbay.call.TranscriptTurn.USER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoDatabase;
import dev.patchbay.call.Ids;
import dev.patchbay.call.TranscriptTurn;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EmbeddedDatabase.class)
class TranscriptStoreIT {

    private static final Instant AT = Instant.parse("2025-01-02T03:04:05.678Z");

    private final TranscriptStore transcripts;
    private final String call = Ids.next();

    TranscriptStoreIT(MongoDatabase database) {
        transcripts = new TranscriptStore(database);
    }

    @Test
    void listsTurnsInTheOrderTheyWereSaid() {
        transcripts.append(call, AGENT, "Hello", AT);
        transcripts.append(call, USER, "Hi", AT.plusSeconds(1));
        transcripts.append(Ids.next(), USER, "Another call", AT);
        Page<TranscriptTurn> first = transcripts.list(call, null, 1);
        assertThat(first.items()).containsExactly(new TranscriptTurn(AGENT, "Hello", AT));
        assertThat(transcripts.list(call, first.nextCursor(), 1))
                .isEqualTo(new Page<>(java.util.List.of(new TranscriptTurn(USER, "Hi", AT.plusSeconds(1))), null));
    }

    @Test
    void aCorrectionReplacesTheAgentsLastTurnOfThatText() {
        transcripts.append(call, AGENT, "Shall I go on?", AT);
        transcripts.append(call, USER, "Shall I go on?", AT);
        transcripts.append(call, AGENT, "Shall I go on?", AT);
        transcripts.append(call, USER, "Stop", AT);
        transcripts.correct(call, "Shall I go on?", "Shall I");
        assertThat(transcripts.list(call, null, 50).items())
                .extracting(TranscriptTurn::text)
                .containsExactly("Shall I go on?", "Shall I go on?", "Shall I", "Stop");
    }

    @Test
    void aCorrectionOfAnUnknownTurnIsATurn() {
        String other = Ids.next();
        transcripts.append(other, AGENT, "Hello", AT);
        transcripts.correct(call, "Hello", "Hel");
        assertThat(transcripts.list(call, null, 50).items())
                .extracting(TranscriptTurn::role, TranscriptTurn::text)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(AGENT, "Hel"));
        assertThat(transcripts.list(other, null, 50).items())
                .extracting(TranscriptTurn::text)
                .containsExactly("Hello");
    }

    @Test
    void whatIsToldAfterwardsIsToldOnceAndLiesInTimeWithTheRest() {
        List<TranscriptTurn> told = List.of(
                new TranscriptTurn(AGENT, "Hello", AT),
                new TranscriptTurn(USER, "Hi", AT),
                new TranscriptTurn(AGENT, "Bye", AT.plusSeconds(9)));
        assertThat(transcripts.isEmpty(call)).isTrue();
        transcripts.append(call, USER, "Much later, live", Instant.now());

        transcripts.put(call, told);
        transcripts.put(call, told);

        assertThat(transcripts.isEmpty(call)).isFalse();
        assertThat(transcripts.list(call, null, 50).items())
                .extracting(TranscriptTurn::text)
                .containsExactly("Hello", "Hi", "Bye", "Much later, live");
    }

    @Test
    void aTurnIsTheUsersOrTheAgents() {
        assertThatThrownBy(() -> transcripts.append(call, "assistant", "Hello", AT))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
