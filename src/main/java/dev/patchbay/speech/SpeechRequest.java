package dev.patchbay.speech;

import dev.patchbay.http.JsonFields;
import dev.patchbay.http.ParameterValues;
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

    private static final String WRONG_FORMAT = "must be like mp3_44100_128 or ulaw_8000";
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*");
    private static final Pattern FORMAT = Pattern.compile("[a-z]+_\\d{4,6}(_\\d{1,4})?");

    /**
     * Of a kamelet's parameters, of which all but the text may be blank. How long a text may be is for the provider to
     * judge: here it may be a language model's answer.
     *
     * @throws dev.patchbay.error.PatchbayException invalid request naming the parameter
     */
    static SpeechRequest of(
            @Nullable String text, @Nullable String voiceId, @Nullable String modelId, @Nullable String outputFormat) {
        return new SpeechRequest(
                ParameterValues.required("text", text, Integer.MAX_VALUE),
                matching(ID, ParameterValues.text(voiceId), "voiceId", "is no id of a voice"),
                matching(ID, ParameterValues.text(modelId), "modelId", "is no id of a model"),
                matching(FORMAT, ParameterValues.text(outputFormat), "outputFormat", WRONG_FORMAT));
    }

    static @Nullable String language(@Nullable String given) {
        return matching(LANGUAGE, ParameterValues.text(given), "language", "is not a language tag such as en-US");
    }

    /** Reads {@code {text, voice_id?, model_id?, output_format?}}. */
    static SpeechRequest of(String json) {
        JsonFields fields = JsonFields.of(json);
        return new SpeechRequest(
                fields.required("text", LONGEST),
                matching(ID, fields.text("voice_id", 64), "voice_id", "is no id of a voice"),
                matching(ID, fields.text("model_id", 64), "model_id", "is no id of a model"),
                matching(FORMAT, fields.text("output_format", 64), "output_format", WRONG_FORMAT));
    }

    private static @Nullable String matching(Pattern pattern, @Nullable String given, String name, String fault) {
        if (given != null && !pattern.matcher(given).matches()) {
            throw JsonFields.invalid(name, fault);
        }
        return given;
    }
}
