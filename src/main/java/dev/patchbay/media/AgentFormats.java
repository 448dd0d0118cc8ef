package dev.patchbay.media;

import dev.patchbay.media.audio.AudioFormat;

/**
 * The audio formats of one conversation, each direction on its own.
 *
 * @param input what the agent wants to hear
 * @param output what the agent speaks
 */
public record AgentFormats(AudioFormat input, AudioFormat output) {}
