package dev.patchbay.provider.twilio;

import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.PatchbayException;
import dev.patchbay.http.PublicOrigin;
import dev.patchbay.route.EntryRequest;
import dev.patchbay.settings.Setting;
import java.net.URI;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;

/**
 * The bean of the kamelet {@code twilio-signature-action}: lets an exchange go on only when the request that it began with
 * was signed by Twilio, over the raw URL and body as in {@link TwilioRequests}. Made and filled by the kamelet.
 */
public final class TwilioSignatureProcessor implements Processor {

    private @Nullable TwilioRequests requests;
    private @Nullable TwilioSignature signature;
    private @Nullable PublicOrigin origin;

    public void setRequests(TwilioRequests requests) {
        this.requests = requests;
    }

    /** Of the account that signs, when it is not ours; blank: ours. */
    public void setAuthToken(String authToken) {
        String token = Setting.text(authToken);
        signature = token == null ? null : new TwilioSignature(token);
    }

    /** Scheme and host that Twilio was told, when they are not ours; blank: ours. */
    public void setOrigin(String origin) {
        String given = Setting.text(origin);
        URI uri = Setting.origin("origin", given == null ? null : URI.create(given));
        this.origin = uri == null ? null : new PublicOrigin(uri);
    }

    /** @throws PatchbayException forbidden, when the signature is missing or wrong, or there was no request at all */
    @Override
    public void process(Exchange exchange) {
        TwilioRequests ours = Objects.requireNonNull(requests, "requests");
        boolean signed = EntryRequest.of(exchange)
                .filter(request -> ours.isSigned(
                        request,
                        signature == null ? ours.signature() : signature,
                        origin == null ? ours.origin() : origin))
                .isPresent();
        if (!signed) {
            throw new PatchbayException(ErrorCategory.FORBIDDEN, "twilio", TwilioRequests.REFUSAL);
        }
    }
}
