package dev.patchbay.provider;

import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import javax.crypto.Mac;

/** The signature of one body, checked while the body comes: none of it is kept. Made by {@link HmacSha256}; not thread-safe. */
public final class SignedBody {

    private final Mac mac;
    private final byte[] after;
    private final byte[] given;
    private final Instant at;
    private final Duration window;

    SignedBody(Mac mac, byte[] before, byte[] after, byte[] given, Instant at, Duration window) {
        this.mac = mac;
        this.after = after;
        this.given = given;
        this.at = at;
        this.window = window;
        mac.update(before);
    }

    /** The next piece of the body. */
    public void update(byte[] piece) {
        mac.update(piece);
    }

    /** After the last piece, once: whether the sender signed this body, and lately. */
    public boolean isGenuine(Instant now) {
        mac.update(after);
        boolean signed = MessageDigest.isEqual(mac.doFinal(), given);
        return signed && Duration.between(at, now).abs().compareTo(window) <= 0;
    }

    /** The same for a body in one piece. */
    public boolean isGenuine(byte[] body, Instant now) {
        update(body);
        return isGenuine(now);
    }
}
