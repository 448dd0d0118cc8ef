package dev.patchbay.provider.elevenlabs;

import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.PatchbayException;
import dev.patchbay.media.audio.EncodedAudio;
import dev.patchbay.provider.ProviderAnswer;
import dev.patchbay.provider.ProviderClient;
import dev.patchbay.provider.ProviderRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Speech from text by ElevenLabs (CONTRACTS 4.5); for routes, bean {@code elevenLabsSpeech}. Blocks. */
public final class ElevenLabsSpeech {

    /** ElevenLabs' own default, which every plan has and Twilio plays. */
    static final String DEFAULT_FORMAT = "mp3_44100_128";

    /** What speaks a language that is asked for: the default model goes by the text alone, and takes no language. */
    private static final String MODEL_OF_LANGUAGES = "eleven_flash_v2_5";

    /** Statuses by which ElevenLabs tells that the request is wrong; the others of 4xx are about our account. */
    private static final Set<Integer> CALLERS_FAULT = Set.of(400, 404, 422);

    private final ElevenLabsProperties properties;
    private final ProviderClient client;

    public ElevenLabsSpeech(ElevenLabsProperties properties, ProviderClient client) {
        this.properties = properties;
        this.client = client;
    }

    /** @throws PatchbayException unavailable, naming the variable that is missing */
    public void requireConfigured() {
        if (properties.apiKey() == null) {
            throw new PatchbayException(
                    ErrorCategory.UNAVAILABLE, "elevenlabs", "ElevenLabs not configured. Set ELEVENLABS_API_KEY");
        }
    }

    /**
     * Speaks a text.
     *
     * @param voiceId null takes {@code ELEVENLABS_VOICE_ID}
     * @param modelId null takes ElevenLabs' default, or with a language one that minds it
     * @param outputFormat null takes {@value #DEFAULT_FORMAT}
     * @param language BCP 47, of which ElevenLabs knows the language but no country; null leaves it to the text
     * @throws PatchbayException invalid request, when voice, model, format or text will not do; provider failed, when it
     *     is about the account or what came is no audio; and what {@link ProviderClient#send} throws
     */
    public EncodedAudio speak(
            String text,
            @Nullable String voiceId,
            @Nullable String modelId,
            @Nullable String outputFormat,
            @Nullable String language) {
        requireConfigured();
        String voice = voiceId == null ? properties.voiceId() : voiceId;
        if (voice == null) {
            throw new PatchbayException(
                    ErrorCategory.INVALID_REQUEST,
                    "elevenlabs",
                    "voice_id is missing, and ELEVENLABS_VOICE_ID is not set");
        }
        String format = Objects.requireNonNullElse(outputFormat, DEFAULT_FORMAT);
        JsonObject body = new JsonObject().put("text", text);
        String model = modelId == null && language != null ? MODEL_OF_LANGUAGES : modelId;
        if (model != null) {
            body.put("model_id", model);
        }
        if (language != null) {
            body.put("language_code", language.replaceFirst("-.*", "").toLowerCase(Locale.ROOT));
        }
        ProviderAnswer answer =
                client.send(ProviderRequest.create("/v1/text-to-speech/" + voice + "?output_format=" + format, body));
        if (!answer.isSuccess()) {
            throw refused(answer);
        }
        String type = answer.headers().getOrDefault("content-type", "").toLowerCase(Locale.ROOT);
        if (answer.body().length == 0 || !(type.startsWith("audio/") || type.startsWith("application/octet-stream"))) {
            throw new PatchbayException(
                    ErrorCategory.PROVIDER_FAILED,
                    "elevenlabs",
                    "elevenlabs answered 200 with something that is no audio");
        }
        return new EncodedAudio(format, answer.body());
    }

    private static PatchbayException refused(ProviderAnswer answer) {
        boolean callers = CALLERS_FAULT.contains(answer.status());
        String reason = answer.reason() + validation(answer);
        String field =
                !callers ? "" : reason.contains("voice") ? "voice_id: " : reason.contains("model") ? "model_id: " : "";
        return new PatchbayException(
                callers ? ErrorCategory.INVALID_REQUEST : ErrorCategory.PROVIDER_FAILED, "elevenlabs", field + reason);
    }

    /** What a {@code HTTPValidationError} complains of: {@code {detail: [{loc: [...], msg}]}}. */
    private static String validation(ProviderAnswer answer) {
        if (answer.status() == 422
                && answer.json().getValue("detail") instanceof JsonArray faults
                && !faults.isEmpty()) {
            Object first = faults.getValue(0);
            return first instanceof JsonObject fault
                    ? ": " + (last(fault.getValue("loc")) + " " + fault.getValue("msg", "")).strip()
                    : "";
        }
        return "";
    }

    private static String last(@Nullable Object location) {
        return location instanceof JsonArray path && !path.isEmpty()
                ? String.valueOf(path.getValue(path.size() - 1))
                : "";
    }
}
