package dev.patchbay.provider.daily;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.patchbay.provider.HmacSha256;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Daily's {@code X-Webhook-Signature} and {@code X-Webhook-Timestamp} (CONTRACTS 6): Base64 of HMAC-SHA256 with the
 * webhook's decoded secret over the timestamp, a dot and the raw body. Safe for use by several threads.
 */
public final class DailySignature {

    public static final String HEADER = "X-Webhook-Signature";
    public static final String TIMESTAMP = "X-Webhook-Timestamp";

    /**
     * How far the timestamp may be from ours, either way. Daily names no window; it tries an event again for a quarter of
     * an hour, and an event that comes twice changes nothing.
     */
    static final Duration WINDOW = Duration.ofMinutes(15);

    private static final Pattern DIGITS = Pattern.compile("\\d{1,13}");
    /** A timestamp from here on is in milliseconds: as seconds it would be in the year 5138. */
    private static final long MILLIS = 100_000_000_000L;

    private final HmacSha256 hmac;

    /**
     * @param secret the webhook's {@code hmac}, Base64
     * @throws IllegalArgumentException when it is not Base64
     */
    public DailySignature(String secret) {
        hmac = new HmacSha256(Base64.getDecoder().decode(secret));
    }

    /** The signature of a body that is sent with this timestamp. */
    public String sign(byte[] body, String timestamp) {
        return Base64.getEncoder().encodeToString(hmac.of((timestamp + ".").getBytes(UTF_8), body));
    }

    /** Whether Daily signed this body within the window. */
    public boolean verify(@Nullable String signature, @Nullable String timestamp, byte[] body, Instant now) {
        if (signature == null || timestamp == null || !DIGITS.matcher(timestamp).matches()) {
            return false;
        }
        boolean signed = MessageDigest.isEqual(
                sign(body, timestamp).getBytes(UTF_8), signature.trim().getBytes(UTF_8));
        long number = Long.parseLong(timestamp);
        Instant at = number < MILLIS ? Instant.ofEpochSecond(number) : Instant.ofEpochMilli(number);
        return signed && Duration.between(at, now).abs().compareTo(WINDOW) <= 0;
    }
}
