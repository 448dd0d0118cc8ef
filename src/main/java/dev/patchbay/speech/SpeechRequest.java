package dev.patchbay.speech;

import dev.patchbay.http.JsonFields;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A text to be spoken.
 *
 * @param text what to say, at most {@value #LONGEST} characters
 * @param voiceId the provider's id of a voice; null takes the configured one
 * @param modelId the provider's id of a model; null takes its own default
 * @param outputFormat {@code codec_rate} or {@code codec_rate_bitrate}; null takes the default
 */
public record SpeechRequest(
        String text,
        @Nullable String voiceId,
        @Nullable String modelId,
        @Nullable String outputFormat) {

    /** Characters: about five minutes of speech. */
    public static final int LONGEST = 5000;

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Pattern FORMAT = Pattern.compile("[a-z]+_\\d{4,6}(_\\d{1,4})?");

    /** Reads {@code {text, voice_id?, model_id?, output_format?}}. */
    static SpeechRequest of(String json) {
        JsonFields fields = JsonFields.of(json);
        return new SpeechRequest(
                fields.required("text", LONGEST),
                matching(ID, fields, "voice_id", "is no id of a voice"),
                matching(ID, fields, "model_id", "is no id of a model"),
                matching(FORMAT, fields, "output_format", "must be like mp3_44100_128 or ulaw_8000"));
    }

    private static @Nullable String matching(Pattern pattern, JsonFields fields, String name, String fault) {
        String given = fields.text(name, 64);
        if (given != null && !pattern.matcher(given).matches()) {
            throw JsonFields.invalid(name, fault);
        }
        return given;
    }
}
