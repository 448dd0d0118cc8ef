package dev.patchbay.bench;

import dev.patchbay.media.audio.AudioFormat;
import dev.patchbay.media.audio.MediaCodec;
import dev.patchbay.media.audio.MuLaw;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** One 20 ms telephone frame to the agent's format (up), back (down), and both: microseconds per frame. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 6, time = 1)
@Fork(2)
public class CodecBenchmark {
    @State(Scope.Thread)
    public static class Agent {
        @Param({"PCM_16000", "PCM_24000", "PCM_48000", "PCM_22050", "PCM_44100", "PCM_8000"})
        public AudioFormat format = AudioFormat.PCM_16000;

        private byte[] heard = {};
        private byte[] spoken = {};
        private MediaCodec up = new MediaCodec(AudioFormat.ULAW_8000, format);
        private MediaCodec down = new MediaCodec(format, AudioFormat.ULAW_8000);

        @Setup
        public void speak() {
            up = new MediaCodec(AudioFormat.ULAW_8000, format);
            down = new MediaCodec(format, AudioFormat.ULAW_8000);
            heard = new byte[up.maxOutput(FRAME)];
            spoken = new byte[heard.length];
            up.convert(tone(), 0, FRAME, spoken, 0);
        }
    }

    private static final int FRAME = AudioFormat.ULAW_8000.bytesPer20Ms();

    private final byte[] caller = tone();
    private final byte[] answer = new byte[FRAME];
    private final short[] samples = new short[FRAME];

    {
        MuLaw.decode(caller, 0, FRAME, samples, 0);
    }

    @Benchmark
    public byte[] up(Agent agent) {
        agent.up.convert(caller, 0, FRAME, agent.heard, 0);
        return agent.heard;
    }

    @Benchmark
    public byte[] down(Agent agent) {
        agent.down.convert(agent.spoken, 0, agent.spoken.length, answer, 0);
        return answer;
    }

    @Benchmark
    public byte[] both(Agent agent) {
        agent.up.convert(caller, 0, FRAME, agent.heard, 0);
        agent.down.convert(agent.heard, 0, agent.heard.length, answer, 0);
        return answer;
    }

    @Benchmark
    public short[] muLawDecode() {
        MuLaw.decode(caller, 0, FRAME, samples, 0);
        return samples;
    }

    @Benchmark
    public byte[] muLawEncode() {
        MuLaw.encode(samples, 0, FRAME, answer, 0);
        return answer;
    }

    private static byte[] tone() {
        byte[] frame = new byte[FRAME];
        for (int i = 0; i < FRAME; i++) {
            frame[i] = MuLaw.encode((int) Math.round(12_000 * Math.sin(2 * Math.PI * 700 * i / 8_000)));
        }
        return frame;
    }

    public static void main(String[] args) throws RunnerException {
        new Runner(new OptionsBuilder()
                        .include(CodecBenchmark.class.getSimpleName())
                        .build())
                .run();
    }
}
