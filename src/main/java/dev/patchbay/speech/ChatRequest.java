package dev.patchbay.speech;

import dev.patchbay.http.JsonFields;

/**
 * A message to the language model.
 *
 * @param message at most {@value #LONGEST} characters
 * @param wantAudio whether the answer is to be spoken too
 */
public record ChatRequest(String message, boolean wantAudio) {

    /** Characters. */
    public static final int LONGEST = 20_000;

    /** Reads {@code {message, want_audio?}}. */
    static ChatRequest of(String json) {
        JsonFields fields = JsonFields.of(json);
        return new ChatRequest(fields.required("message", LONGEST), fields.flag("want_audio", false));
    }
}
