package dev.patchbay.provider.retell;

import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.PatchbayException;
import dev.patchbay.provider.ProviderAnswer;
import dev.patchbay.provider.ProviderClient;
import dev.patchbay.provider.ProviderRequest;
import io.vertx.core.json.JsonObject;
import java.util.regex.Pattern;

/** Retell's REST API (CONTRACTS 5). Blocks: for worker threads only. */
public final class RetellApi {

    static final String REGISTER = "/v2/register-phone-call";
    static final String CREATE = "/v2/create-phone-call";

    /** It becomes the user of a SIP address. */
    private static final Pattern CALL_ID = Pattern.compile("[A-Za-z0-9_-]{1,128}");

    private final ProviderClient client;

    public RetellApi(ProviderClient client) {
        this.client = client;
    }

    /**
     * Announces a call that will come over SIP within minutes.
     *
     * @return Retell's call_id
     */
    public String registerPhoneCall(JsonObject request) {
        return created(REGISTER, request, "Failed to register phone call with Retell");
    }

    /**
     * Has Retell place a call from a number that it knows.
     *
     * @return Retell's call_id
     */
    public String createPhoneCall(JsonObject request) {
        return created(CREATE, request, "Failed to create phone call with Retell");
    }

    private String created(String path, JsonObject request, String failure) {
        try {
            ProviderAnswer answer = client.send(ProviderRequest.create(path, request));
            if (!answer.isSuccess()) {
                throw new PatchbayException(category(answer.status()), "retell", answer.reason());
            }
            String callId = answer.json().getValue("call_id") instanceof String id ? id : "";
            if (!CALL_ID.matcher(callId).matches()) {
                throw new PatchbayException(
                        ErrorCategory.PROVIDER_FAILED, "retell", "retell answered without a call_id");
            }
            return callId;
        } catch (PatchbayException e) {
            throw new PatchbayException(e.category(), "retell", failure + ": " + e.getMessage(), e, e.retryAfter());
        }
    }

    /** A request that Retell cannot carry out may be the caller's fault; a refused key or an unpaid bill is ours. */
    private static ErrorCategory category(int status) {
        return switch (status) {
            case 400 -> ErrorCategory.INVALID_REQUEST;
            case 404, 422 -> ErrorCategory.UNPROCESSABLE;
            default -> ErrorCategory.PROVIDER_FAILED;
        };
    }
}
