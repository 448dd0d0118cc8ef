package dev.patchbay.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.PatchbayException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/**
 * What a provider answered: 1xx to 4xx, never 429 (see {@link ProviderClient}).
 *
 * @param provider who, {@code twilio} for example
 * @param headers by lower-case name; of a repeated one the first
 */
@SuppressWarnings("ArrayRecordComponent") // Bytes that are read once and compared with nothing.
public record ProviderAnswer(String provider, int status, Map<String, String> headers, byte[] body) {

    /** Whether the provider did what it was asked. */
    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** @throws PatchbayException provider failed, when the body is not a JSON object */
    public JsonObject json() {
        try {
            return new JsonObject(Buffer.buffer(body));
        } catch (DecodeException | ClassCastException junk) {
            throw new PatchbayException(
                    ErrorCategory.PROVIDER_FAILED,
                    provider,
                    provider + " answered " + status + " with something that is not JSON",
                    junk);
        }
    }

    public String text() {
        return new String(body, UTF_8);
    }

    /** The provider's own code and words about an error, for the {@code detail} of a problem. */
    public String reason() {
        return provider + " answered " + status + ProviderFault.of(body);
    }
}
