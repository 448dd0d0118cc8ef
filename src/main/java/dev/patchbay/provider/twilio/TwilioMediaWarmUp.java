package dev.patchbay.provider.twilio;

import dev.patchbay.agent.Agent;
import dev.patchbay.agent.AgentLimits;
import dev.patchbay.call.MediaFigures;
import dev.patchbay.media.AgentCall;
import dev.patchbay.media.AgentConnection;
import dev.patchbay.media.AgentConnector;
import dev.patchbay.media.AgentFormats;
import dev.patchbay.media.AgentListener;
import dev.patchbay.media.CallerLeg;
import dev.patchbay.media.MediaPipeline;
import dev.patchbay.media.MediaProperties;
import dev.patchbay.media.MediaStream;
import dev.patchbay.media.MediaStreams;
import dev.patchbay.media.MediaStreams.Expected;
import dev.patchbay.media.StreamEnd;
import dev.patchbay.media.StreamHooks;
import dev.patchbay.media.StreamJournal;
import dev.patchbay.media.WarmUp;
import dev.patchbay.media.audio.AudioFormat;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Warms the way of a frame: Twilio's message, the media routes, the codec to an agent of 16 kHz, and all the way back.
 * The agent repeats what it hears; nothing is written down.
 */
@Component
final class TwilioMediaWarmUp implements WarmUp {

    private final MediaPipeline pipeline;
    private final MediaProperties properties;

    TwilioMediaWarmUp(MediaPipeline pipeline, MediaProperties properties) {
        this.pipeline = pipeline;
        this.properties = properties;
    }

    @Override
    public void run() {
        byte[] start = utf8("{\"event\":\"start\",\"start\":{\"streamSid\":\"MZ0\",\"callSid\":\"CA0\"}}");
        byte[] media =
                utf8("{\"event\":\"media\",\"sequenceNumber\":\"2\",\"media\":{\"track\":\"inbound\",\"chunk\":\"1\","
                        + "\"timestamp\":\"20\",\"payload\":\""
                        + Base64.getEncoder().encodeToString(new byte[160])
                        + "\"},\"streamSid\":\"MZ0\"}");
        TwilioMediaMessages messages = new TwilioMediaMessages();
        Caller caller = new Caller(messages);
        messages.read(start, 0, start.length, caller);
        caller.stream = stream(caller);
        for (int i = 0; i < FRAMES; i++) {
            messages.read(media, 0, media.length, caller);
        }
        caller.stream().callerStopped();
        if (caller.frames < FRAMES / 2) {
            throw new IllegalStateException("Only " + caller.frames + " of " + FRAMES + " frames came back");
        }
    }

    private MediaStream stream(Caller caller) {
        Agent agent =
                new Agent("warm-up", "warm-up", "warm-up", null, null, null, null, null, null, AgentLimits.DEFAULT);
        AgentCall call = new AgentCall("warm-up", "warm-up", agent, Map.of(), false, false);
        Repeating repeating = new Repeating();
        MediaStreams streams = new MediaStreams(
                properties, List.of(repeating), pipeline, any -> new Silent(), new NoHooks(), System::nanoTime);
        MediaStream stream = streams.start(
                Vertx.currentContext(), caller, new Expected("warm-up", call, repeating.prepare(call), 0));
        repeating.ready();
        return stream;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A caller whose socket leads nowhere, but whose messages are written all the same. */
    private static final class Caller implements CallerLeg, TwilioMediaMessages.Reader {

        private final TwilioMediaMessages messages;
        private @Nullable MediaStream stream;
        private int frames;

        Caller(TwilioMediaMessages messages) {
            this.messages = messages;
        }

        MediaStream stream() {
            return Objects.requireNonNull(stream);
        }

        @Override
        public void sendAudio(byte[] mulaw, int length) {
            frames += messages.media(mulaw, length).length > length ? length / 160 : 0;
        }

        @Override
        public void sendMark(String name) {
            messages.mark(name);
        }

        @Override
        public void sendClear() {
            messages.clear();
        }

        @Override
        public boolean writeQueueFull() {
            return false;
        }

        @Override
        public void close() {
            // Nothing is open.
        }

        @Override
        public void started(String streamSid, String callSid, Map<String, String> parameters) {
            // The stream follows.
        }

        @Override
        public void media(byte[] mulaw, int length, long timestamp) {
            stream().callerAudio(mulaw, length, timestamp);
        }

        @Override
        public void digit(String digit) {
            throw new IllegalStateException("No digit was sent");
        }

        @Override
        public void mark(String name) {
            throw new IllegalStateException("No mark was sent");
        }

        @Override
        public void stopped() {
            throw new IllegalStateException("No stop was sent");
        }

        @Override
        public void unknown() {
            throw new IllegalStateException("A message was not recognized");
        }

        @Override
        public void malformed() {
            throw new IllegalStateException("A message could not be read");
        }
    }

    /** An agent of 16 kHz that repeats the caller. */
    private static final class Repeating implements AgentConnector, AgentConnection {

        private @Nullable AgentListener listener;

        void ready() {
            listener().ready(new AgentFormats(AudioFormat.PCM_16000, AudioFormat.PCM_16000), null);
        }

        private AgentListener listener() {
            return Objects.requireNonNull(listener);
        }

        @Override
        public String provider() {
            return "warm-up";
        }

        @Override
        public Preparation prepare(AgentCall call) {
            return new Preparation() {};
        }

        @Override
        public AgentConnection connect(AgentCall call, Preparation preparation, AgentListener heard) {
            listener = heard;
            return this;
        }

        @Override
        public void sendAudio(byte[] data, int length) {
            listener().alive();
            listener().audio(data, length);
        }

        @Override
        public boolean writeQueueFull() {
            return false;
        }

        @Override
        public void sendContext(String text) {
            // It hears audio only.
        }

        @Override
        public void sendUserMessage(String text) {
            // It hears audio only.
        }

        @Override
        public void sendToolResult(String toolCallId, String result, boolean error) {
            // It asks for no tools.
        }

        @Override
        public void pause() {
            // Nothing is on its way.
        }

        @Override
        public void resume() {
            // Nothing is on its way.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }

    private record NoHooks() implements StreamHooks {

        @Override
        public void digit(AgentCall call, String digit) {
            // There are none.
        }

        @Override
        public void tool(AgentCall call, String tool, Map<String, Object> parameters, ToolAnswer answer) {
            // There are none.
        }
    }

    private record Silent() implements StreamJournal {

        @Override
        public void event(String type, Map<String, Object> data) {
            // Not a call.
        }

        @Override
        public void conversation(String providerCallId) {
            // Not a call.
        }

        @Override
        public void said(String role, String text) {
            // Not a call.
        }

        @Override
        public void corrected(String original, String corrected) {
            // Not a call.
        }

        @Override
        public void ended(StreamEnd end, MediaFigures figures) {
            // Not a call.
        }
    }
}
