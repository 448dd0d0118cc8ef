package dev.patchbay.media;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One conversation as a stream sees it. What an abandoned conversation still says reaches nobody: a stream gives up an
 * attempt by dropping its leg.
 */
final class AgentLeg implements AgentListener {

    final AgentCall call;
    private final MediaStream stream;
    private @Nullable AgentConnection connection;
    private boolean ready;
    private boolean abandoned;

    AgentLeg(MediaStream stream, AgentCall call) {
        this.stream = stream;
        this.call = call;
    }

    void connect(AgentConnector connector, AgentConnector.Preparation preparation) {
        AgentConnection opened = connector.connect(call, preparation, this);
        if (abandoned) {
            opened.close();
        } else {
            connection = opened;
        }
    }

    boolean isReady() {
        return ready;
    }

    /** The connection; only while {@link #isReady()}. */
    AgentConnection connection() {
        AgentConnection open = connection;
        if (open == null) {
            throw new IllegalStateException("The agent's connection is not open");
        }
        return open;
    }

    void abandon() {
        abandoned = true;
        ready = false;
        if (connection != null) {
            connection.close();
        }
    }

    @Override
    public void ready(AgentFormats formats, @Nullable String conversationId) {
        if (!abandoned) {
            ready = true;
            stream.agentReady(this, formats, conversationId);
        }
    }

    @Override
    public void alive() {
        if (!abandoned) {
            stream.agentAlive();
        }
    }

    @Override
    public void audio(byte[] data, int length) {
        if (ready) {
            stream.agentAudio(data, length);
        }
    }

    @Override
    public void interrupted() {
        if (ready) {
            stream.agentInterrupted();
        }
    }

    @Override
    public void turnEnded() {
        if (ready) {
            stream.agentTurnEnded();
        }
    }

    @Override
    public void userSaid(String text) {
        if (ready) {
            stream.journal().said("user", text);
            stream.voiceHeard();
        }
    }

    @Override
    public void agentSaid(String text) {
        if (ready) {
            stream.journal().said("agent", text);
        }
    }

    @Override
    public void agentCorrected(String original, String corrected) {
        if (ready) {
            stream.journal().corrected(original, corrected);
        }
    }

    @Override
    public void toolCalled(String toolCallId, String tool, Map<String, Object> parameters) {
        if (ready) {
            stream.toolCalled(this, toolCallId, tool, parameters);
        }
    }

    @Override
    public void drained() {
        if (ready) {
            stream.agentDrained();
        }
    }

    @Override
    public void closed(AgentClose close) {
        if (!abandoned) {
            abandoned = true;
            boolean wasReady = ready;
            ready = false;
            stream.agentClosed(this, wasReady, close);
        }
    }
}
