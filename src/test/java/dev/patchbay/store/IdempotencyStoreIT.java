package dev.patchbay.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import dev.patchbay.store.IdempotencyStore.Answer;
import dev.patchbay.store.IdempotencyStore.Claim;
import dev.patchbay.store.IdempotencyStore.State;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EmbeddedDatabase.class)
class IdempotencyStoreIT {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    private final MongoDatabase database;
    private final IdempotencyStore requests;

    IdempotencyStoreIT(MongoDatabase database) {
        this.database = database;
        requests = at(NOON);
    }

    private IdempotencyStore at(Instant now) {
        return new IdempotencyStore(database, Clock.fixed(now, ZoneOffset.UTC));
    }

    @Test
    void ofManyAtOnceOneClaimsIt() {
        List<State> states = IntStream.range(0, 16)
                .parallel()
                .mapToObj(i -> requests.claim("k", "f").state())
                .toList();

        assertThat(states).containsOnlyOnce(State.CLAIMED).contains(State.RUNNING);
    }

    @Test
    void theAnswerIsKeptForADay() {
        requests.claim("k", "f");
        requests.complete("k", new Answer(201, "application/json", "/sessions/1", "{}".getBytes(UTF_8)));

        Claim again = at(NOON.plus(Duration.ofHours(23))).claim("k", "f");

        assertThat(again.state()).isEqualTo(State.DONE);
        assertThat(again.answer()).satisfies(answer -> {
            assertThat(answer.status()).isEqualTo(201);
            assertThat(answer.contentType()).isEqualTo("application/json");
            assertThat(answer.location()).isEqualTo("/sessions/1");
            assertThat(answer.body()).asString(UTF_8).isEqualTo("{}");
        });
        assertThat(at(NOON.plus(Duration.ofHours(24))).claim("k", "f").state()).isEqualTo(State.CLAIMED);
    }

    @Test
    void anotherBodyIsAnotherRequest() {
        requests.claim("k", "f");

        assertThat(requests.claim("k", "g").state()).isEqualTo(State.OTHER_REQUEST);
        assertThat(requests.claim("l", "g").state()).isEqualTo(State.CLAIMED);
    }

    @Test
    void whatWasGivenUpCanBeClaimedAgain() {
        requests.claim("k", "f");
        requests.release("k");

        assertThat(requests.claim("k", "g").state()).isEqualTo(State.CLAIMED);
    }

    @Test
    void aCrashLeavesAnUnknownOutcome() {
        requests.claim("k", "f");

        assertThat(at(NOON.plusSeconds(29)).claim("k", "f").state()).isEqualTo(State.RUNNING);
        assertThat(at(NOON.plusSeconds(31)).claim("k", "f").state()).isEqualTo(State.UNKNOWN);
    }

    @Test
    void aSweepRemovesOnlyWhatHasExpired() {
        requests.claim("old", "f");
        at(NOON.plusSeconds(60)).claim("new", "f");

        assertThat(at(NOON.plus(Duration.ofDays(1))).sweep()).isEqualTo(1);
    }
}
