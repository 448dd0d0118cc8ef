package dev.patchbay.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.call.Call;
import dev.patchbay.call.CallStatus;
import dev.patchbay.call.Direction;
import dev.patchbay.call.MediaFigures;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallQueueTest {

    private final CallQueue queue = new CallQueue();

    @BeforeEach
    void settings() {
        queue.setNumber("+1 555 000 0041");
        queue.setPatience(60);
        queue.setAttendants("name | number\nAda | +15550000091");
    }

    private static Call call(@Nullable String from, String to) {
        return new Call(
                "id",
                "CA1",
                null,
                null,
                Direction.INBOUND,
                from,
                to,
                null,
                CallStatus.RINGING,
                Instant.EPOCH,
                null,
                null,
                null,
                null,
                null,
                MediaFigures.NONE);
    }

    @Test
    void callersWaitAndAttendantsTakeThem() {
        assertThat(queue.purpose(call("+14155550101", "+15550000041"), null)).isEqualTo("wait");
        assertThat(queue.purpose(call(null, "+15550000041"), null)).isEqualTo("wait");
        assertThat(queue.purpose(call("+15550000091", "+15550000041"), null)).isEqualTo("take");
        assertThat(queue.purpose(call("+15550000091", "+15550000001"), null)).isEqualTo("other");
        assertThat(queue.purpose(call("+14155550101", "+15550000041"), "reception"))
                .isEqualTo("other");
    }

    @ParameterizedTest
    @CsvSource({
        "1, You are next.",
        "2, There is one caller before you.",
        "12, There are 11 callers before you.",
        "0, You are next.",
        "many, You are next.",
    })
    void callersHearTheirPlace(String position, String said) {
        assertThat(queue.place(Map.of("QueuePosition", position))).isEqualTo(said);
    }

    @Test
    void patienceEnds() {
        assertThat(queue.isOver(Map.of("QueueTime", "59"))).isFalse();
        assertThat(queue.isOver(Map.of("QueueTime", "60"))).isTrue();
        assertThat(queue.isOver(Map.of())).isFalse();
    }

    @Test
    void settingsThatCannotBeAreNamed() {
        assertThatThrownBy(() -> queue.setPatience(0)).hasMessage("patience must be 1 or more seconds");
        assertThatThrownBy(() -> queue.setNumber("support")).isInstanceOf(IllegalArgumentException.class);
    }
}
