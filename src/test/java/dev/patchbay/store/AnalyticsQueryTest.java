package dev.patchbay.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.PatchbayException;
import dev.patchbay.store.AnalyticsQuery.GroupBy;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnalyticsQueryTest {

    private static final Instant NOW = Instant.parse("2026-03-31T12:30:00Z");

    @Test
    void theLastThirtyDaysByDayAreTheDefault() {
        AnalyticsQuery query = AnalyticsQuery.of(null, " ", "", NOW);
        assertThat(query).isEqualTo(new AnalyticsQuery(Instant.parse("2026-03-02T00:00:00Z"), NOW, GroupBy.DAY));
        assertThat(query.periods()).hasSize(30).startsWith("2026-03-02").endsWith("2026-03-31");
    }

    @Test
    void aDateAsTheEndIncludesItsDay() {
        AnalyticsQuery query = AnalyticsQuery.of("2026-01-01", "2026-01-31", "agent", NOW);
        assertThat(query.from()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(query.to()).isEqualTo("2026-02-01T00:00:00Z");
        assertThat(query.periods()).isEmpty();
    }

    @Test
    void timesHaveAnyOffsetAndAPlusThatBecameASpace() {
        AnalyticsQuery query = AnalyticsQuery.of("2026-01-01T05:30:00 05:30", "2026-01-01T02:00:00Z", "hour", NOW);
        assertThat(query.from()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(query.periods()).containsExactly("2026-01-01T00:00:00Z", "2026-01-01T01:00:00Z");
    }

    @ParameterizedTest
    @CsvSource({
        "yesterday, , , from",
        "2026-02-30, , , from",
        "2026-01-01T00:00:00, , , from",
        "+999999999-01-01, , , from",
        ", 31.12.2026, , to",
        "2026-01-02, 2026-01-01, , from",
        "2027-01-01, , , from",
        "2024-01-01, 2026-01-01, , from",
        "2026-01-01, 2026-03-01, hour, from",
        ", , week, group_by",
        ", , DAY, group_by",
    })
    void aWrongParameterIsNamed(String from, String to, String groupBy, String named) {
        assertThatThrownBy(() -> AnalyticsQuery.of(from, to, groupBy, NOW))
                .isInstanceOfSatisfying(
                        PatchbayException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.INVALID_REQUEST))
                .hasMessageStartingWith(named + " ");
    }
}
