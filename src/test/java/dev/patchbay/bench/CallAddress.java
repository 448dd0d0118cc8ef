package dev.patchbay.bench;

import java.net.URI;
import java.util.UUID;

/**
 * Where one call's media go and what its {@code start} message says.
 *
 * @param signature value of {@code X-Twilio-Signature} for the upgrade, empty for none
 * @param parametersJson the stream's custom parameters as a JSON object
 */
record CallAddress(URI streamUrl, String signature, String accountSid, String callSid, String parametersJson) {

    static final String ACCOUNT_SID = "AC" + "0123456789abcdef".repeat(2);

    /** A bridge without a webhook: every call goes to the same socket address. */
    static CallAddress plain(URI streamUrl) {
        return new CallAddress(streamUrl, "", ACCOUNT_SID, newCallSid(), "{}");
    }

    static String newCallSid() {
        return "CA" + UUID.randomUUID().toString().replace("-", "");
    }
}
