package dev.patchbay.store;

import java.time.Instant;
import java.util.OptionalDouble;

/**
 * What is known about a piece of hosted audio.
 *
 * @param id unguessable: who knows it may fetch the audio
 * @param contentType its media type
 * @param bytes its size
 * @param duration playing time in seconds, where it can be told
 * @param expiresAt when it goes
 */
public record StoredAudio(String id, String contentType, long bytes, OptionalDouble duration, Instant expiresAt) {}
