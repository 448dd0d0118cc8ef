package dev.patchbay.speech;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads requests for speech and chat, and writes their answers; for routes, bean {@code speechRequests}. */
@Component("speechRequests")
public final class SpeechRequests {

    /** @param body JSON, see {@link SpeechRequest} */
    public SpeechRequest speech(@Nullable String body) {
        return SpeechRequest.of(body == null ? "" : body);
    }

    /** The same of a kamelet's parameters, of which all but the text may be blank. */
    public SpeechRequest spoken(
            @Nullable String text, @Nullable String voiceId, @Nullable String modelId, @Nullable String outputFormat) {
        return SpeechRequest.of(text, voiceId, modelId, outputFormat);
    }

    /** A language tag, BCP 47; null when it is blank. */
    public @Nullable String language(@Nullable String given) {
        return SpeechRequest.language(given);
    }

    /** @param body JSON, see {@link ChatRequest} */
    public ChatRequest chat(@Nullable String body) {
        return ChatRequest.of(body == null ? "" : body);
    }

    /** {@code {response_text, audio_url}}; without audio the URL is null. */
    public Map<String, @Nullable Object> chatAnswer(String responseText, @Nullable String audioUrl) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("response_text", responseText);
        json.put("audio_url", audioUrl);
        return json;
    }
}
