package dev.patchbay.media;

import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A provider whose conversations a test leads: each new conversation runs the next step of the script, and is then the
 * test's to speak with. Used on the call's event loop only.
 */
final class ScriptedAgents implements AgentConnector {

    /** One conversation, as the agent sees it. */
    static final class Conversation implements AgentConnection {

        final AgentCall call;
        final AgentListener listener;
        final List<String> contexts = new ArrayList<>();
        final List<String> userMessages = new ArrayList<>();
        final List<String> toolResults = new ArrayList<>();
        boolean full;
        boolean paused;
        boolean closed;
        /** The queue is full after so many more bytes; negative: never. */
        int room = -1;

        private final ByteArrayOutputStream heard = new ByteArrayOutputStream();

        private Conversation(AgentCall call, AgentListener listener) {
            this.call = call;
            this.listener = listener;
        }

        byte[] heard() {
            return heard.toByteArray();
        }

        @Override
        public void sendAudio(byte[] data, int length) {
            heard.write(data, 0, length);
            if (room >= 0) {
                room -= length;
                full = room <= 0;
            }
        }

        @Override
        public boolean writeQueueFull() {
            return full;
        }

        @Override
        public void sendContext(String text) {
            contexts.add(text);
        }

        @Override
        public void sendUserMessage(String text) {
            userMessages.add(text);
        }

        @Override
        public void sendToolResult(String toolCallId, String result, boolean error) {
            toolResults.add(toolCallId + " " + result + " " + error);
        }

        @Override
        public void pause() {
            paused = true;
        }

        @Override
        public void resume() {
            paused = false;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    final List<Conversation> conversations = new ArrayList<>();
    final List<AgentCall> prepared = new ArrayList<>();
    private final Deque<Consumer<Conversation>> script = new ArrayDeque<>();

    /** What the next conversation does by itself as soon as its socket would be open; without it, nothing. */
    ScriptedAgents then(Consumer<Conversation> step) {
        script.add(step);
        return this;
    }

    Conversation last() {
        return conversations.get(conversations.size() - 1);
    }

    @Override
    public String provider() {
        return "scripted";
    }

    @Override
    public Preparation prepare(AgentCall call) {
        prepared.add(call);
        return new Preparation() {};
    }

    @Override
    public AgentConnection connect(AgentCall call, Preparation preparation, AgentListener listener) {
        Conversation conversation = new Conversation(call, listener);
        conversations.add(conversation);
        Consumer<Conversation> step = script.poll();
        if (step != null) {
            onNextTurn(() -> step.accept(conversation));
        }
        return conversation;
    }

    private static void onNextTurn(Runnable step) {
        io.vertx.core.@Nullable Context context = io.vertx.core.Vertx.currentContext();
        if (context == null) {
            throw new IllegalStateException("Not on an event loop");
        }
        context.runOnContext(v -> step.run());
    }
}
