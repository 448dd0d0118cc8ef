package dev.patchbay.sandbox.agent;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;
import java.util.Base64;

/**
 * The messages that the agent service sends, field by field as in ElevenLabs' AsyncAPI description. Everything sent
 * after the close is dropped in silence, as on the wire. Used on the conversation's event loop only.
 */
final class AgentSocket {
    private static final long PING_MILLIS = 1_000;

    private final Vertx vertx;
    private final ServerWebSocket socket;
    private final Runnable connectionDrop;
    private final SimulatedAgent agent;
    private final Conversation conversation;
    private int lastEventId;
    private int nextPing;

    AgentSocket(
            Vertx vertx,
            ServerWebSocket socket,
            Runnable connectionDrop,
            SimulatedAgent agent,
            Conversation conversation) {
        this.vertx = vertx;
        this.socket = socket;
        this.connectionDrop = connectionDrop;
        this.agent = agent;
        this.conversation = conversation;
    }

    SimulatedAgent agent() {
        return agent;
    }

    /** Answers the client's initiation, then pings at once and every second. */
    void begin() {
        metadata();
        ping();
        long pings = vertx.setPeriodic(PING_MILLIS, timer -> ping());
        conversation.onClose(() -> vertx.cancelTimer(pings));
    }

    void metadata() {
        event(
                "conversation_initiation_metadata",
                "conversation_initiation_metadata_event",
                JsonObject.of(
                        "conversation_id",
                        conversation.id(),
                        "agent_output_audio_format",
                        agent.output().wireName(),
                        "user_input_audio_format",
                        agent.input().wireName()));
    }

    /** Sends the next piece of speech under the next event id. */
    void audio(byte[] audio) {
        audio(audio, ++lastEventId);
    }

    void audio(byte[] audio, int eventId) {
        event(
                "audio",
                "audio_event",
                JsonObject.of("audio_base_64", Base64.getEncoder().encodeToString(audio), "event_id", eventId));
    }

    /** The event id of the latest audio; 0 before the first. */
    int lastEventId() {
        return lastEventId;
    }

    void interruption(int eventId) {
        event("interruption", "interruption_event", JsonObject.of("event_id", eventId));
    }

    void userTranscript(String text) {
        event("user_transcript", "user_transcription_event", JsonObject.of("user_transcript", text));
    }

    void agentResponse(String text) {
        event("agent_response", "agent_response_event", JsonObject.of("agent_response", text));
    }

    void agentResponseCorrection(String original, String corrected) {
        event(
                "agent_response_correction",
                "agent_response_correction_event",
                JsonObject.of("original_agent_response", original, "corrected_agent_response", corrected));
    }

    void vadScore(double score) {
        event("vad_score", "vad_score_event", JsonObject.of("vad_score", score));
    }

    void toolCall(String name, String callId, JsonObject parameters) {
        event(
                "client_tool_call",
                "client_tool_call",
                JsonObject.of("tool_name", name, "tool_call_id", callId, "parameters", parameters));
    }

    /** Sends a text message as it is, well-formed or not. */
    void text(String message) {
        socket.writeTextMessage(message);
    }

    void binary(byte[] message) {
        socket.writeBinaryMessage(Buffer.buffer(message));
    }

    void close(int code, String reason) {
        socket.close((short) code, reason);
    }

    /** Ends the TCP connection without a close frame, as a crash or a cut line does. */
    void drop() {
        connectionDrop.run();
    }

    /** Reads nothing for a while, so that the client's writes pile up. */
    void stopReading(long millis) {
        socket.pause();
        long timer = vertx.setTimer(millis, id -> socket.resume());
        conversation.onClose(() -> vertx.cancelTimer(timer));
    }

    private void ping() {
        JsonObject event = JsonObject.of("event_id", nextPing);
        Long roundTrip = conversation.lastPongMillis();
        if (roundTrip != null) {
            event.put("ping_ms", roundTrip);
        }
        conversation.pinged(nextPing++);
        event("ping", "ping_event", event);
    }

    private void event(String type, String name, JsonObject event) {
        text(JsonObject.of("type", type, name, event).encode());
    }
}
