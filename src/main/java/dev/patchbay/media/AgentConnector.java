package dev.patchbay.media;

/** A provider whose agents take live audio: one bean per provider, found by its name. */
public interface AgentConnector {

    /** The provider's name, as an agent's {@code provider} field says it. */
    String provider();

    /**
     * Does ahead what takes time (a signed URL), while the TwiML travels. Called on any thread; never blocks.
     *
     * @return what {@link #connect} uses at its first attempt
     */
    Preparation prepare(AgentCall call);

    /**
     * Opens a conversation on the event loop of the calling Vert.x context. The listener hears {@code ready} or
     * {@code closed}, and everything after it, on that event loop.
     */
    AgentConnection connect(AgentCall call, Preparation preparation, AgentListener listener);

    /** What a connector prepared; its shape is the connector's own. */
    interface Preparation {}
}
