package dev.patchbay.media;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a conversation with an agent brings. All methods are called on the call's event loop. */
public interface AgentListener {

    /** The agent listens, in these formats. */
    void ready(AgentFormats formats, @Nullable String conversationId);

    /** Any message arrived, of whatever kind: the agent is alive. */
    void alive();

    /** Audio in the agent's output format, any length; the array may be used again after the call returns. */
    void audio(byte[] data, int length);

    /** The caller speaks over the agent: what was sent and not yet heard is void. */
    void interrupted();

    /** The agent has said all of this turn. */
    void turnEnded();

    void userSaid(String text);

    void agentSaid(String text);

    /** After an interruption: what the caller heard of the agent's last words. */
    void agentCorrected(String original, String corrected);

    /** The agent wants a tool; answered by {@link AgentConnection#sendToolResult}. */
    void toolCalled(String toolCallId, String tool, Map<String, Object> parameters);

    /** The connection takes audio again after {@link AgentConnection#writeQueueFull()}. */
    void drained();

    /** The conversation is over; called once, and nothing after it. */
    void closed(AgentClose close);
}
