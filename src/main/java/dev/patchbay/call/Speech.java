package dev.patchbay.call;

import org.jspecify.annotations.Nullable;

/**
 * A text to be spoken to somebody on the phone.
 *
 * @param to E.164
 * @param from one of our numbers, E.164
 * @param speaker the provider that speaks: {@code twilio}, or the one before the voice's colon ({@code elevenlabs:x})
 * @param voice the provider's name of the voice; null takes its usual one
 * @param language BCP 47; null takes the voice's
 */
public record Speech(
        String to,
        String from,
        String text,
        String speaker,
        @Nullable String voice,
        @Nullable String language) {}
