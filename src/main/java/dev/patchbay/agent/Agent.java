package dev.patchbay.agent;

import org.jspecify.annotations.Nullable;

/**
 * A voice agent of one provider.
 *
 * @param id ours: any text, such as {@code general}, or 24 hex digits for agents that came from another MongoDB application
 * @param name what people call it; a call can be sent to it by name
 * @param provider the provider that runs it, {@code elevenlabs} for example
 * @param phoneNumber the number whose calls it answers, E.164
 * @param retellAgentId Retell's id of the agent
 * @param elevenlabsAgentId ElevenLabs' id of the agent
 * @param greeting its first sentence, where the provider lets us say it
 * @param language a BCP 47 tag, {@code en} or {@code hi-IN}
 * @param voice the provider's id of the voice
 * @param systemPrompt what it is told to be, in place of what it is told at the provider; null keeps that
 */
public record Agent(
        String id,
        String name,
        String provider,
        @Nullable String phoneNumber,
        @Nullable String retellAgentId,
        @Nullable String elevenlabsAgentId,
        @Nullable String greeting,
        @Nullable String language,
        @Nullable String voice,
        AgentLimits limits,
        @Nullable String systemPrompt) {

    /** An agent that is what it is told to be at its provider. */
    public Agent(
            String id,
            String name,
            String provider,
            @Nullable String phoneNumber,
            @Nullable String retellAgentId,
            @Nullable String elevenlabsAgentId,
            @Nullable String greeting,
            @Nullable String language,
            @Nullable String voice,
            AgentLimits limits) {
        this(
                id,
                name,
                provider,
                phoneNumber,
                retellAgentId,
                elevenlabsAgentId,
                greeting,
                language,
                voice,
                limits,
                null);
    }

    /** The same agent, told to be something else. */
    public Agent instructed(String prompt) {
        return new Agent(
                id,
                name,
                provider,
                phoneNumber,
                retellAgentId,
                elevenlabsAgentId,
                greeting,
                language,
                voice,
                limits,
                prompt);
    }
}
