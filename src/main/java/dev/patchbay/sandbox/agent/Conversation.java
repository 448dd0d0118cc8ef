package dev.patchbay.sandbox.agent;

import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the simulated agent observed of one conversation. Written on the conversation's event loop, read from any
 * thread at any time. Lists keep the first 1000 entries.
 */
public final class Conversation {
    private static final int MOST_KEPT = 1_000;
    private static final int MOST_AUDIO_KEPT = 32 * 1024;

    private final String id;
    private final String agentId;
    private JsonObject init = new JsonObject();
    private final List<Integer> pongs = new ArrayList<>();
    private final List<String> contextualUpdates = new ArrayList<>();
    private final List<String> userMessages = new ArrayList<>();
    private final List<JsonObject> toolResults = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();
    private final ByteArrayOutputStream firstAudio = new ByteArrayOutputStream();
    private final Map<Integer, Long> unanswered = new HashMap<>();
    private final List<Runnable> atClose = new ArrayList<>();
    private long audioBytes;
    private long audioChunks;
    private @Nullable Long lastPongMillis;
    private boolean closed;
    private @Nullable Integer closeCode;

    Conversation(String id, String agentId) {
        this.id = id;
        this.agentId = agentId;
    }

    /** The conversation id of the metadata event. */
    public String id() {
        return id;
    }

    public String agentId() {
        return agentId;
    }

    /** The first message, {@code conversation_initiation_client_data}; empty before it came. */
    public synchronized JsonObject init() {
        return init.copy();
    }

    /** Event ids of the pongs, in order. */
    public synchronized List<Integer> pongs() {
        return List.copyOf(pongs);
    }

    /** From the latest answered ping to its pong, in ms. */
    public synchronized @Nullable Long lastPongMillis() {
        return lastPongMillis;
    }

    public synchronized List<String> contextualUpdates() {
        return List.copyOf(contextualUpdates);
    }

    public synchronized List<String> userMessages() {
        return List.copyOf(userMessages);
    }

    /** The {@code client_tool_result} messages, whole. */
    public synchronized List<JsonObject> toolResults() {
        return List.copyOf(toolResults);
    }

    /** Messages that the service's contract does not know, in words. */
    public synchronized List<String> violations() {
        return List.copyOf(violations);
    }

    /** Bytes of caller audio, base64 undone. */
    public synchronized long audioBytes() {
        return audioBytes;
    }

    /** Messages that carried caller audio. */
    public synchronized long audioChunks() {
        return audioChunks;
    }

    /** The first 32 KiB of caller audio, to compare byte by byte. */
    public synchronized byte[] firstAudio() {
        return firstAudio.toByteArray();
    }

    public synchronized boolean closed() {
        return closed;
    }

    /** The close code, by whichever side closed; null while open and when the connection was lost without one. */
    public synchronized @Nullable Integer closeCode() {
        return closeCode;
    }

    synchronized void initiated(JsonObject message) {
        init = message.copy();
    }

    synchronized void heard(byte[] audio) {
        audioBytes += audio.length;
        audioChunks++;
        firstAudio.write(audio, 0, Math.min(audio.length, MOST_AUDIO_KEPT - firstAudio.size()));
    }

    synchronized void pinged(int eventId) {
        if (unanswered.size() < MOST_KEPT) {
            unanswered.put(eventId, System.nanoTime());
        }
    }

    synchronized void ponged(int eventId) {
        Long sent = unanswered.remove(eventId);
        if (sent == null) {
            keep(violations, "pong for no ping: " + eventId);
        } else {
            lastPongMillis = (System.nanoTime() - sent) / 1_000_000;
            keep(pongs, eventId);
        }
    }

    synchronized void updated(String text) {
        keep(contextualUpdates, text);
    }

    synchronized void told(String text) {
        keep(userMessages, text);
    }

    synchronized void toolAnswered(JsonObject result) {
        keep(toolResults, result.copy());
    }

    synchronized void violated(String what) {
        keep(violations, what);
    }

    /** Runs a task when the conversation closes. */
    synchronized void onClose(Runnable task) {
        atClose.add(task);
    }

    synchronized void closed(@Nullable Integer code) {
        closed = true;
        closeCode = code;
        atClose.forEach(Runnable::run);
        atClose.clear();
    }

    private static <T> void keep(List<T> list, T entry) {
        if (list.size() < MOST_KEPT) {
            list.add(entry);
        }
    }
}
