package dev.patchbay.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.PatchbayException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The body of a request of the REST API: one JSON object. */
public final class JsonBody {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    static {
        JSON.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(JsonBounds.DEPTH)
                        .build());
    }

    private JsonBody() {}

    /**
     * The members of the object, in their order.
     *
     * @throws PatchbayException {@code INVALID_REQUEST} when the body is no JSON object; its message repeats nothing of it
     */
    public static Map<String, @Nullable Object> read(@Nullable String body) {
        Map<String, @Nullable Object> members = null;
        try {
            members = body == null || body.isBlank() ? null : JSON.readValue(body, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            // Answered below; the parser's words would repeat what was sent.
        }
        if (members == null) {
            throw new PatchbayException(ErrorCategory.INVALID_REQUEST, null, "body must be a JSON object");
        }
        return members;
    }
}
