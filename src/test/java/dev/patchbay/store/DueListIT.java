package dev.patchbay.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import dev.patchbay.store.DueList.Due;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EmbeddedDatabase.class)
class DueListIT {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final DueList list;

    DueListIT(MongoDatabase database) {
        list = new DueList(database, "due");
    }

    private Optional<String> take(Instant now) {
        return list.take(now, MINUTE).map(Due::what);
    }

    @Test
    void whatHasBeenDueForLongestComesFirstAndNothingComesEarly() {
        list.add("later", NOON.plusSeconds(10));
        list.add("second", NOON.minusSeconds(1));
        list.add("first", NOON.minusSeconds(100));
        list.add("third", NOON);

        assertThat(take(NOON)).contains("first");
        assertThat(take(NOON)).contains("second");
        assertThat(take(NOON)).contains("third");
        assertThat(take(NOON.plusMillis(9_999))).isEmpty();
        assertThat(take(NOON.plusSeconds(10))).contains("later");
    }

    @Test
    void whatIsNotDoneComesAgainAndCountsItsAttempts() {
        list.add("x", NOON);

        assertThat(list.take(NOON, MINUTE))
                .hasValueSatisfying(due -> assertThat(due.attempt()).isEqualTo(1));
        assertThat(list.take(NOON.plusSeconds(59), MINUTE)).isEmpty();
        Due again = list.take(NOON.plusSeconds(60), MINUTE).orElseThrow();
        assertThat(again.attempt()).isEqualTo(2);
        list.done(again);

        assertThat(list.take(NOON.plusSeconds(6000), MINUTE)).isEmpty();
    }

    @Test
    void ofSeveralWhoTakeAnEntryOneGetsIt() throws Exception {
        for (int i = 0; i < 40; i++) {
            list.add("x" + i, NOON);
        }
        ExecutorService gateways = Executors.newFixedThreadPool(4);
        try {
            Callable<List<String>> taking = () -> {
                List<String> taken = new ArrayList<>();
                for (Optional<String> next = take(NOON); next.isPresent(); next = take(NOON)) {
                    taken.add(next.get());
                }
                return taken;
            };
            List<String> all = new ArrayList<>();
            for (Future<List<String>> taken : gateways.invokeAll(List.of(taking, taking, taking, taking))) {
                all.addAll(taken.get());
            }
            assertThat(all).hasSize(40).doesNotHaveDuplicates();
        } finally {
            gateways.shutdownNow();
        }
    }
}
