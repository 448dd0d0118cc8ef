package dev.patchbay.provider.elevenlabs;

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
 * ElevenLabs' {@code ElevenLabs-Signature: t=<unix s>,v0=<hex>} (CONTRACTS 4.6): HMAC-SHA256 with the webhook's secret
 * over the seconds, a dot and the raw body. Safe for use by several threads.
 */
public final class ElevenLabsSignature {

    public static final String HEADER = "ElevenLabs-Signature";

    /** How far the signature's time may be from ours, either way. */
    static final Duration WINDOW = Duration.ofMinutes(30);

    private static final Pattern FORM = Pattern.compile("t=(\\d{1,11}),\\s*v0=([0-9a-fA-F]{64})");

    private final HmacSha256 hmac;

    /** @param secret the webhook's, as ElevenLabs shows it */
    public ElevenLabsSignature(String secret) {
        hmac = new HmacSha256(secret.getBytes(UTF_8));
    }

    /** The header's value for a body that is sent at this time. */
    public String sign(byte[] body, Instant at) {
        String seconds = Long.toString(at.getEpochSecond());
        return "t=" + seconds + ",v0=" + HexFormat.of().formatHex(hmac.of((seconds + ".").getBytes(UTF_8), body));
    }

    /** Whether ElevenLabs signed this body within the window. */
    public boolean verify(@Nullable String header, byte[] body, Instant now) {
        return check(header).filter(check -> check.isGenuine(body, now)).isPresent();
    }

    /** Begins to check a body that comes with this header; empty when the header has no signature. */
    Optional<SignedBody> check(@Nullable String header) {
        Matcher parts = FORM.matcher(header == null ? "" : header.trim());
        if (!parts.matches()) {
            return Optional.empty();
        }
        String seconds = parts.group(1);
        return Optional.of(hmac.check(
                (seconds + ".").getBytes(UTF_8),
                new byte[0],
                HexFormat.of().parseHex(parts.group(2)),
                Instant.ofEpochSecond(Long.parseLong(seconds)),
                WINDOW));
    }
}
