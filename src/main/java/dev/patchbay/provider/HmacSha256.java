package dev.patchbay.provider;

import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 with one key, as most providers sign their webhooks. Safe for use by several threads. */
public final class HmacSha256 {

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    /** @throws IllegalArgumentException when the key is empty */
    public HmacSha256(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /** The 32 bytes over all parts, one after the other. */
    public byte[] of(byte[]... parts) {
        Mac mac = begin();
        for (byte[] part : parts) {
            mac.update(part);
        }
        return mac.doFinal();
    }

    /** For what comes piece by piece; not safe for use by several threads. */
    Mac begin() {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    /**
     * Begins to check a body.
     *
     * @param before signed bytes before the body
     * @param after signed bytes behind it
     * @param given the 32 bytes that came with it
     * @param at when it was signed, as the sender says
     * @param window how far that may be from now, either way
     */
    public SignedBody check(byte[] before, byte[] after, byte[] given, Instant at, Duration window) {
        return new SignedBody(begin(), before, after, given, at, window);
    }
}
