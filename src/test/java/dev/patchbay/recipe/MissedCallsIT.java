package dev.patchbay.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import dev.patchbay.call.Call;
import dev.patchbay.call.CallStatus;
import dev.patchbay.call.Direction;
import dev.patchbay.call.Ids;
import dev.patchbay.call.MediaFigures;
import dev.patchbay.store.CallEventStore;
import dev.patchbay.store.Deliveries;
import dev.patchbay.store.EmbeddedDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(EmbeddedDatabase.class)
class MissedCallsIT {

    private static final Instant NOW = Instant.parse("2026-07-01T12:00:00Z");
    private static final String ADA = "+14155550123";

    private final CallEventStore events;
    private final MongoDatabase database;

    MissedCallsIT(MongoDatabase database) {
        this.database = database;
        events = new CallEventStore(database);
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPLETED", "BUSY", "NO_ANSWER", "CANCELED", "FAILED"})
    void whoReachedNobodyIsNewsOnceADay(CallStatus status) {
        Call call = call(Direction.INBOUND, ADA, status, null);

        assertThat(at(NOW).isNews(call)).isTrue();
        assertThat(at(NOW).isNews(call))
                .as("the end of a call may be told twice")
                .isFalse();
        assertThat(at(NOW).isNews(call(Direction.INBOUND, ADA, status, null)))
                .as("another call of the same day")
                .isFalse();
        assertThat(at(NOW).isNews(call(Direction.INBOUND, "+14155550124", status, null)))
                .as("somebody else's")
                .isTrue();
    }

    @Test
    void aDayLaterItIsNewsAgain() {
        assertThat(at(NOW).isNews(call(Direction.INBOUND, ADA, CallStatus.COMPLETED, null)))
                .isTrue();

        new Deliveries(database, Clock.fixed(NOW.plus(Duration.ofDays(1)), ZoneOffset.UTC)).sweep();

        assertThat(at(NOW.plus(Duration.ofDays(1))).isNews(call(Direction.INBOUND, ADA, CallStatus.COMPLETED, null)))
                .isTrue();
    }

    @Test
    void whoWasAnsweredHasMissedNobody() {
        assertThat(at(NOW).isNews(call(Direction.INBOUND, ADA, CallStatus.COMPLETED, NOW)))
                .isFalse();
    }

    @Test
    void norWhoHasLeftAMessage() {
        Call call = call(Direction.INBOUND, ADA, CallStatus.COMPLETED, null);
        events.append(call.id(), "message-left", Map.of());

        assertThat(at(NOW).isNews(call)).isFalse();
        assertThat(at(NOW).isNews(call(Direction.INBOUND, ADA, CallStatus.COMPLETED, null)))
                .as("the next call is judged by itself")
                .isTrue();
    }

    @Test
    void aCallThatGoesOnOrThatWePlacedIsNotMissed() {
        assertThat(at(NOW).isNews(call(Direction.INBOUND, ADA, CallStatus.RINGING, null)))
                .isFalse();
        assertThat(at(NOW).isNews(call(Direction.OUTBOUND, ADA, CallStatus.NO_ANSWER, null)))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"anonymous", "", "client:ada", "sip:ada@example.com", "4155550123", "+1 (415) 555-0123"})
    void whoHasNoNumberCannotBeTexted(String from) {
        assertThat(at(NOW).isNews(call(Direction.INBOUND, from, CallStatus.COMPLETED, null)))
                .isFalse();
    }

    private MissedCalls at(Instant now) {
        return new MissedCalls(events, new Deliveries(database, Clock.fixed(now, ZoneOffset.UTC)));
    }

    private static Call call(Direction direction, String from, CallStatus status, @Nullable Instant answeredAt) {
        return new Call(
                Ids.next(),
                "CA1",
                null,
                null,
                direction,
                from,
                "+15550000000",
                null,
                status,
                NOW,
                answeredAt,
                status.isTerminal() ? NOW : null,
                null,
                null,
                null,
                MediaFigures.NONE);
    }
}
