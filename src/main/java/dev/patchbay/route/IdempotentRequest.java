package dev.patchbay.route;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.PatchbayException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A request whose caller wants it carried out once, however often it is sent.
 *
 * @param id who asks for what with which key: two owners may use the same key
 * @param fingerprint of the body
 */
record IdempotentRequest(String id, String fingerprint) {

    static final String HEADER = "Idempotency-Key";

    private static final int LONGEST = 255;

    /** @throws PatchbayException invalid request, when the key is blank or too long */
    static IdempotentRequest of(String owner, String path, String key, byte[] body) {
        if (key.isBlank() || key.length() > LONGEST) {
            throw new PatchbayException(
                    ErrorCategory.INVALID_REQUEST, null, HEADER + " must have 1 to " + LONGEST + " characters");
        }
        String id = String.join("\n", owner, path, key);
        return new IdempotentRequest(digest(id.getBytes(UTF_8)), digest(body));
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
