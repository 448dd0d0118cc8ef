package dev.patchbay.sandbox.agent;

import dev.patchbay.media.audio.AudioFormat;

/**
 * What an agent id of the sandbox means: {@code <behaviour>[.<input format>[.<output format>]]}, such as
 * {@code parrot}, {@code parrot.ulaw_8000} or {@code greeter.pcm_16000.pcm_24000}.
 *
 * @param behaviour one of the names in {@link AgentSimulator}
 * @param input what the agent hears; {@code pcm_16000} unless named
 * @param output what the agent speaks; the input format unless named
 */
record SimulatedAgent(String behaviour, AudioFormat input, AudioFormat output) {

    /** @throws IllegalArgumentException when a format is unknown or there are too many parts */
    static SimulatedAgent parse(String agentId) {
        String[] parts = agentId.split("\\.", -1);
        if (parts.length > 3) {
            throw new IllegalArgumentException("agent id has more than three parts: " + agentId);
        }
        AudioFormat input = parts.length > 1 ? format(parts[1]) : AudioFormat.PCM_16000;
        return new SimulatedAgent(parts[0], input, parts.length > 2 ? format(parts[2]) : input);
    }

    private static AudioFormat format(String wireName) {
        return AudioFormat.of(wireName)
                .orElseThrow(() -> new IllegalArgumentException("unknown audio format in agent id: " + wireName));
    }
}
