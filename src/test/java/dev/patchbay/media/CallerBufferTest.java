package dev.patchbay.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CallerBufferTest {

    private int next;

    @Test
    void givesBackWhatItTookInOrder() {
        CallerBuffer buffer = new CallerBuffer(10_000);
        assertThat(buffer.isEmpty()).isTrue();
        assertThat(buffer.offer(bytes(160), 160)).isZero();
        assertThat(buffer.offer(bytes(160), 160)).isZero();
        assertThat(buffer.isEmpty()).isFalse();

        assertThat(take(buffer, 200)).isEqualTo(counting(0, 200));
        assertThat(take(buffer, 200)).isEqualTo(counting(200, 120));
        assertThat(buffer.isEmpty()).isTrue();
        assertThat(take(buffer, 200)).isEmpty();
    }

    @Test
    void takesOnlySoMuchOfAnArrayAsItIsTold() {
        CallerBuffer buffer = new CallerBuffer(10_000);
        buffer.offer(bytes(160), 40);
        assertThat(take(buffer, 160)).isEqualTo(counting(0, 40));
    }

    @Test
    void growsWithoutMixingUpWhatHasWrappedAround() {
        CallerBuffer buffer = new CallerBuffer(100_000);
        buffer.offer(bytes(2_560), 2_560); // As large as a ring begins.
        take(buffer, 2_000);
        buffer.offer(bytes(1_500), 1_500); // Wraps around.
        buffer.offer(bytes(5_000), 5_000); // Has to grow.
        assertThat(take(buffer, 100_000)).isEqualTo(counting(2_000, 7_060));
    }

    @Test
    void dropsTheOldestFirstAndCountsIt() {
        CallerBuffer buffer = new CallerBuffer(320);
        assertThat(buffer.offer(bytes(320), 320)).isZero();
        assertThat(buffer.offer(bytes(160), 160)).isEqualTo(160);
        assertThat(buffer.offer(bytes(1), 1)).isEqualTo(1);
        assertThat(take(buffer, 1_000)).isEqualTo(counting(161, 320));
    }

    @Test
    void ofMoreThanItHoldsItKeepsTheEnd() {
        CallerBuffer buffer = new CallerBuffer(320);
        buffer.offer(bytes(100), 100);
        assertThat(buffer.offer(bytes(1_000), 1_000)).isEqualTo(780);
        assertThat(take(buffer, 1_000)).isEqualTo(counting(780, 320));
    }

    @Test
    void nothingIsNoAudio() {
        CallerBuffer buffer = new CallerBuffer(320);
        assertThat(buffer.offer(new byte[0], 0)).isZero();
        assertThat(buffer.isEmpty()).isTrue();
        buffer.offer(bytes(160), 160);
        assertThat(buffer.offer(new byte[0], 0)).isZero();
        assertThat(take(buffer, 1_000)).isEqualTo(counting(0, 160));
    }

    @Test
    void isAQueueWithALimit() {
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            int capacity = 1 + random.nextInt(6_000);
            CallerBuffer buffer = new CallerBuffer(capacity);
            Deque<Byte> model = new ArrayDeque<>();
            for (int step = 0; step < 200; step++) {
                if (random.nextInt(5) < 3) {
                    byte[] data = bytes(random.nextInt(random.nextInt(20) == 0 ? 8_000 : 700));
                    int dropped = 0;
                    for (byte one : data) {
                        model.addLast(one);
                        if (model.size() > capacity) {
                            model.removeFirst();
                            dropped++;
                        }
                    }
                    assertThat(buffer.offer(data, data.length))
                            .as("seed %d step %d", seed, step)
                            .isEqualTo(dropped);
                } else {
                    byte[] taken = take(buffer, random.nextInt(1_500));
                    for (byte one : taken) {
                        assertThat(one).as("seed %d step %d", seed, step).isEqualTo(model.removeFirst());
                    }
                }
                assertThat(buffer.isEmpty()).isEqualTo(model.isEmpty());
            }
            assertThat(take(buffer, capacity)).hasSize(model.size());
        }
    }

    private static byte[] take(CallerBuffer buffer, int atMost) {
        byte[] out = new byte[atMost];
        return Arrays.copyOf(out, buffer.poll(out));
    }

    /** The next bytes of a stream that counts up, without a pattern of 256. */
    private byte[] bytes(int length) {
        byte[] bytes = counting(next, length);
        next += length;
        return bytes;
    }

    private static byte[] counting(int from, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) ((from + i) % 251);
        }
        return bytes;
    }
}
