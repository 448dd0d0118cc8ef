package dev.patchbay.sandbox.agent;

import dev.patchbay.media.audio.AudioFormat;
import dev.patchbay.media.audio.MediaCodec;
import dev.patchbay.sandbox.speech.BundledSpeech;
import dev.patchbay.sandbox.speech.UtteranceDetector;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;

/** Greets, repeats each utterance of the caller when it is over, and lets itself be interrupted. */
final class Greeter implements AgentBehaviour, UtteranceDetector.Listener {
    private static final String GREETING = "Hello, you have reached Patchbay. I will repeat what you say.";

    private final AgentSocket socket;
    private final AgentVoice voice;
    private final MediaCodec codec;
    private final UtteranceDetector detector = new UtteranceDetector(AgentVoice.SAMPLE_RATE, this);

    Greeter(AgentSocket socket) {
        this.socket = socket;
        this.voice = new AgentVoice(socket);
        this.codec = new MediaCodec(socket.agent().input(), AudioFormat.PCM_16000);
    }

    @Override
    public void initiated(JsonObject init) {
        socket.begin();
        greet(voice);
    }

    static void greet(AgentVoice voice) {
        voice.say(GREETING, BundledSpeech.GREETING.wav().samplesAt(AgentVoice.SAMPLE_RATE));
    }

    @Override
    public void heard(byte[] audio) {
        byte[] pcm = new byte[codec.maxOutput(audio.length)];
        int length = codec.convert(audio, 0, audio.length, pcm, 0);
        short[] samples = new short[length / 2];
        ByteBuffer.wrap(pcm).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(samples);
        detector.hear(samples, samples.length);
    }

    @Override
    public void told(String text) {
        socket.agentResponse(text);
    }

    @Override
    public void started() {
        socket.vadScore(0.9);
        if (voice.speaking()) {
            voice.interrupt();
        }
    }

    @Override
    public void ended(short[] utterance) {
        double seconds = (double) utterance.length / AgentVoice.SAMPLE_RATE;
        socket.userTranscript(String.format(Locale.ROOT, "(%.1f s of speech)", seconds));
        voice.say(String.format(Locale.ROOT, "You spoke for %.1f s. I repeat it.", seconds), utterance);
    }
}
