package dev.patchbay.media;

/** One conversation with a voice agent. All methods are called on the call's event loop. */
public interface AgentConnection {

    /** Sends caller audio in the agent's input format; the array may be used again after the call returns. */
    void sendAudio(byte[] data, int length);

    /** Whether audio should wait until {@link AgentListener#drained()}. */
    boolean writeQueueFull();

    /** Tells the agent something without interrupting it. */
    void sendContext(String text);

    /** Says something to the agent as if the caller had spoken. */
    void sendUserMessage(String text);

    /** Answers a tool call. */
    void sendToolResult(String toolCallId, String result, boolean error);

    /** Stops reading, because the caller's side is full. */
    void pause();

    /** Reads again. */
    void resume();

    /** Ends the conversation; the listener hears nothing more. */
    void close();
}
