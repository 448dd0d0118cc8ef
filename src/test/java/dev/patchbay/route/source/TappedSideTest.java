package dev.patchbay.route.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.agent.Agent;
import dev.patchbay.agent.AgentLimits;
import dev.patchbay.media.AgentCall;
import dev.patchbay.media.MediaFrame.Leg;
import dev.patchbay.media.audio.AudioFormat;
import dev.patchbay.media.audio.MediaCodec;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TappedSideTest {

    private static final AgentCall CALL = new AgentCall(
            "call-1",
            "CA1",
            new Agent("a", "a", "echo", null, null, null, null, null, null, AgentLimits.DEFAULT),
            Map.of(),
            false,
            false);

    private record Chunk(byte[] pcm, long at, boolean last) {}

    private final List<Chunk> chunks = new ArrayList<>();

    @Test
    void piecesOfAnyLengthBecomeChunksOfOneLengthWithNothingLost() {
        byte[] audio = new byte[8000];
        new Random(3).nextBytes(audio);
        TappedSide side = new TappedSide(CALL, Leg.CALLER, AudioFormat.PCM_8000, 100);

        int at = 0;
        for (int length : new int[] {160, 1, 3999, 160, 3000, 680}) {
            side.take(Arrays.copyOfRange(audio, at, at + length), at / 8, this::chunk);
            at += length;
        }
        side.rest(true, this::chunk);

        assertThat(chunks).hasSize(11).allSatisfy(chunk -> assertThat(chunk.pcm().length)
                .isIn(1600, 0));
        assertThat(together()).isEqualTo(pcm(audio, AudioFormat.PCM_8000));
        assertThat(chunks.stream().map(Chunk::last)).containsSubsequence(false, true);
        assertThat(chunks.stream().filter(Chunk::last)).hasSize(1);
        assertThat(chunks.get(0).at()).isZero();
        assertThat(chunks).isSortedAccordingTo((a, b) -> Long.compare(a.at(), b.at()));
    }

    @Test
    void theRateIsTheOneThatIsAskedFor() {
        byte[] audio = new byte[1600];
        new Random(4).nextBytes(audio);
        TappedSide side = new TappedSide(CALL, Leg.AGENT, AudioFormat.PCM_16000, 50);

        side.take(audio, 0, this::chunk);
        side.rest(false, this::chunk);

        assertThat(together()).isEqualTo(pcm(audio, AudioFormat.PCM_16000));
        assertThat(chunks.get(0).pcm()).hasSize(1600);
    }

    @Test
    void whatIsNotThereIsNotGiven() {
        TappedSide side = new TappedSide(CALL, Leg.AGENT, AudioFormat.PCM_8000, 100);

        side.rest(false, this::chunk);
        assertThat(chunks).isEmpty();
        side.rest(true, this::chunk);
        assertThat(chunks).singleElement().satisfies(chunk -> {
            assertThat(chunk.pcm()).isEmpty();
            assertThat(chunk.last()).isTrue();
        });
    }

    private void chunk(TappedSide side, byte[] pcm, long at, boolean last) {
        assertThat(side.call()).isSameAs(CALL);
        chunks.add(new Chunk(pcm, at, last));
    }

    private byte[] together() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        chunks.forEach(chunk -> all.writeBytes(chunk.pcm()));
        return all.toByteArray();
    }

    private static byte[] pcm(byte[] mulaw, AudioFormat format) {
        MediaCodec codec = new MediaCodec(AudioFormat.ULAW_8000, format);
        byte[] out = new byte[codec.maxOutput(mulaw.length)];
        return Arrays.copyOf(out, codec.convert(mulaw, 0, mulaw.length, out, 0));
    }
}
