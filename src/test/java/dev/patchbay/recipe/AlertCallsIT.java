package dev.patchbay.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import dev.patchbay.call.Call;
import dev.patchbay.call.CallEvent;
import dev.patchbay.call.CallStatus;
import dev.patchbay.call.Direction;
import dev.patchbay.call.MediaFigures;
import dev.patchbay.store.AlertStore;
import dev.patchbay.store.AlertStore.State;
import dev.patchbay.store.CallEventStore;
import dev.patchbay.store.EmbeddedDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who is called about an alert, and when that ends. */
@ExtendWith(EmbeddedDatabase.class)
class AlertCallsIT {

    private static final String ALERT = "power";
    private static final String ADA = "+14155550101";
    private static final String BEN = "+14155550102";

    private final AlertStore store;
    private final CallEventStore events;
    private final PhoneList people = new PhoneList();
    private final MovedClock clock = new MovedClock(Instant.parse("2026-11-20T12:00:00Z"));
    private AlertCalls alerts;

    AlertCallsIT(MongoDatabase database) {
        store = new AlertStore(database);
        events = new CallEventStore(database);
        alerts = restarted();
    }

    @BeforeEach
    void list() {
        people.setPeople("name | number\nAda | " + ADA + "\nBen | " + BEN);
        people.setRounds(2);
    }

    private AlertCalls restarted() {
        return new AlertCalls(store, events, clock);
    }

    private void pass(Duration time) {
        clock.pass(time.toSeconds());
    }

    private boolean fails() {
        return alerts.checked(ALERT, false, 2);
    }

    /** Two checks fail, and the first person is called. */
    private void raised() {
        assertThat(fails()).as("the first check").isFalse();
        assertThat(fails()).as("the second").isTrue();
        assertThat(alerts.next(ALERT, people)).isEqualTo(ADA);
        calls("call-1");
    }

    /** A call is placed. */
    private void calls(String id) {
        alerts.calling(ALERT, id);
        alerts.placed(ALERT, id);
    }

    /** The call to whose turn it is could not be placed. @return whether the next person is called now */
    private boolean refuses(String id) {
        alerts.calling(ALERT, id);
        return alerts.refused(ALERT, id, people);
    }

    private static Call call(String id) {
        return new Call(
                id,
                "CA" + id,
                null,
                null,
                Direction.OUTBOUND,
                "+15550000000",
                ADA,
                null,
                CallStatus.IN_PROGRESS,
                Instant.EPOCH,
                null,
                null,
                null,
                null,
                null,
                MediaFigures.NONE);
    }

    private String presses(String id, String digits) {
        return alerts.pressed(ALERT, call(id), Map.of("Digits", digits));
    }

    @Test
    void oneBadCheckWakesNobodyWhereTwoAreNeeded() {
        assertThat(fails()).isFalse();
        assertThat(alerts.checked(ALERT, true, 2)).isFalse();
        assertThat(fails()).isFalse();
        assertThat(fails()).isTrue();
    }

    @Test
    void whileSomebodyIsCalledChecksCallNobodyElse() {
        raised();

        assertThat(fails()).isFalse();
        pass(Duration.ofMinutes(2));
        assertThat(fails()).isFalse();
    }

    @Test
    void theNextPersonIsCalledOncePerCallThatEnds() {
        raised();

        assertThat(alerts.missed(ALERT, "another call")).isFalse();
        assertThat(alerts.missed(ALERT, "call-1")).isTrue();
        assertThat(alerts.missed(ALERT, "call-1")).as("told twice").isFalse();
        assertThat(alerts.next(ALERT, people)).isEqualTo(BEN);
    }

    @Test
    void aCallWhoseEndIsToldBeforeItsBeginningCountsToo() {
        assertThat(fails()).isFalse();
        assertThat(fails()).isTrue();
        alerts.calling(ALERT, "call-1");
        assertThat(alerts.missed(ALERT, "call-1")).isTrue();
        assertThat(alerts.next(ALERT, people)).isEqualTo(BEN);
        alerts.calling(ALERT, "call-2");

        alerts.placed(ALERT, "call-1"); // the answer to the order comes now

        assertThat(alerts.missed(ALERT, "call-2")).isTrue();
        assertThat(alerts.next(ALERT, people)).isEqualTo(ADA);
    }

    @Test
    void everybodyIsCalledAsOftenAsTheListSaysAndThenThereIsQuietForAnHour() {
        raised();
        for (int attempt = 2; attempt <= 4; attempt++) {
            assertThat(alerts.missed(ALERT, "call-" + (attempt - 1))).isTrue();
            assertThat(alerts.next(ALERT, people)).isEqualTo(attempt % 2 == 0 ? BEN : ADA);
            calls("call-" + attempt);
        }
        assertThat(alerts.missed(ALERT, "call-4")).isTrue();
        assertThat(alerts.next(ALERT, people)).isNull();

        pass(Duration.ofMinutes(59));
        assertThat(fails()).isFalse();
        pass(Duration.ofMinutes(2));
        assertThat(fails()).isTrue();
        assertThat(alerts.next(ALERT, people)).isEqualTo(ADA);
    }

    @Test
    void whoCannotBeCalledIsPassedOverAndIsNoCallOfTheList() {
        raised();
        alerts.missed(ALERT, "call-1");
        for (int round = 1; round <= 3; round++) {
            assertThat(alerts.next(ALERT, people)).isEqualTo(BEN);
            assertThat(refuses("ben-" + round)).isTrue();
            assertThat(alerts.next(ALERT, people)).isEqualTo(ADA);
            calls("ada-" + round);
            assertThat(alerts.missed(ALERT, "ada-" + round)).isTrue();
        }

        assertThat(alerts.next(ALERT, people)).as("after four calls to Ada").isNull();
        assertThat(store.find(ALERT).state()).isEqualTo(State.UNHEARD);
    }

    @Test
    void whenNobodyCanBeCalledItIsTriedAgainAfterHalfAMinuteAndNeverGivenUp() {
        assertThat(fails()).isFalse();
        assertThat(fails()).isTrue();
        for (int check = 1; check <= 10; check++) {
            for (int call = 1; call <= 3; call++) {
                assertThat(alerts.next(ALERT, people)).isNotNull();
                assertThat(refuses(check + "-" + call)).as("call " + call).isTrue();
            }
            assertThat(alerts.next(ALERT, people)).isNotNull();
            assertThat(refuses(check + "-4")).as("the list is through").isFalse();

            pass(Duration.ofSeconds(29));
            assertThat(fails()).isFalse();
            pass(Duration.ofSeconds(2));
            assertThat(fails()).isTrue();
        }
        assertThat(alerts.next(ALERT, people)).isEqualTo(ADA);
    }

    @Test
    void whoPressesOneHasItAndNobodyElseIsCalled() {
        raised();

        assertThat(presses("call-1", "2")).isEqualTo("other");
        assertThat(presses("call-1", "1")).isEqualTo("taken");
        assertThat(alerts.missed(ALERT, "call-1")).as("the call ends").isFalse();
        assertThat(alerts.next(ALERT, people)).isNull();
        assertThat(presses("call-0", "1")).as("too late").isEqualTo("over");
        assertThat(events.list("call-1", null, 10).items())
                .extracting(CallEvent::type)
                .containsExactly("alert-taken");
    }

    @Test
    void aTakenAlertThatIsStillThereCallsAgainAfterAnHour() {
        raised();
        presses("call-1", "1");

        assertThat(fails()).isFalse();
        pass(Duration.ofMinutes(61));
        assertThat(fails()).isTrue();
        assertThat(alerts.next(ALERT, people)).isEqualTo(ADA);
    }

    @Test
    void whenAllIsWellAgainNobodyIsCalledAnyMore() {
        raised();

        assertThat(alerts.checked(ALERT, true, 2)).isFalse();

        assertThat(alerts.missed(ALERT, "call-1")).isFalse();
        assertThat(alerts.next(ALERT, people)).isNull();
        assertThat(presses("call-1", "1")).isEqualTo("over");
    }

    @Test
    void whoTakesItLateTakesItToo() {
        raised();
        alerts.missed(ALERT, "call-1");
        alerts.next(ALERT, people);
        calls("call-2");

        assertThat(presses("call-1", "1")).isEqualTo("taken");
        assertThat(alerts.missed(ALERT, "call-2")).isFalse();
    }

    @Test
    void aCallThatNothingWasHeardOfIsGivenUpAfterARestartToo() {
        raised();
        alerts = restarted();

        pass(Duration.ofMinutes(4));

        assertThat(fails()).isTrue();
        assertThat(alerts.next(ALERT, people)).isEqualTo(BEN);
    }

    @Test
    void ofSeveralGatewaysWhoseChecksFailAtOnceOneCalls() throws Exception {
        fails();
        ExecutorService gateways = Executors.newFixedThreadPool(4);
        try {
            Callable<Boolean> check = () -> restarted().checked(ALERT, false, 2);
            List<Boolean> calling = new ArrayList<>();
            for (Future<Boolean> due : gateways.invokeAll(List.of(check, check, check, check))) {
                calling.add(due.get());
            }
            assertThat(calling).containsOnlyOnce(true);
        } finally {
            gateways.shutdownNow();
        }
    }
}
