package dev.patchbay.provider.retell;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.patchbay.provider.HmacSha256;
import dev.patchbay.provider.SignedBody;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Retell's {@code x-retell-signature: v=<unix ms>,d=<hex>} (CONTRACTS 5): HMAC-SHA256 with the API key over the raw body
 * and right behind it, without a dot, the milliseconds. Safe for use by several threads.
 */
public final class RetellSignature {

    public static final String HEADER = "x-retell-signature";

    /** How far the signature's time may be from ours, either way. */
    static final Duration WINDOW = Duration.ofMinutes(5);

    private static final Pattern FORM = Pattern.compile("v=(\\d{1,15}),\\s*d=([0-9a-fA-F]{64})");

    private final HmacSha256 hmac;

    /** @param apiKey the account's key that has the webhook badge */
    public RetellSignature(String apiKey) {
        hmac = new HmacSha256(apiKey.getBytes(UTF_8));
    }

    /** The header's value for a body that is sent at this time. */
    public String sign(byte[] body, Instant at) {
        String millis = Long.toString(at.toEpochMilli());
        return "v=" + millis + ",d=" + HexFormat.of().formatHex(hmac.of(body, millis.getBytes(UTF_8)));
    }

    /** Whether Retell signed this body within the window. */
    public boolean verify(@Nullable String header, byte[] body, Instant now) {
        return check(header).filter(check -> check.isGenuine(body, now)).isPresent();
    }

    /** Begins to check a body that comes with this header; empty when the header has no signature. */
    Optional<SignedBody> check(@Nullable String header) {
        Matcher parts = FORM.matcher(header == null ? "" : header.trim());
        if (!parts.matches()) {
            return Optional.empty();
        }
        String millis = parts.group(1);
        return Optional.of(hmac.check(
                new byte[0],
                millis.getBytes(UTF_8),
                HexFormat.of().parseHex(parts.group(2)),
                Instant.ofEpochMilli(Long.parseLong(millis)),
                WINDOW));
    }
}
