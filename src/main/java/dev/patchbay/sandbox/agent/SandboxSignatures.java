package dev.patchbay.sandbox.agent;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The {@code conversation_signature} of a signed URL: bound to one agent id, good for 15 minutes, as the real one is.
 * The key lives as long as the process.
 */
public final class SandboxSignatures {
    private static final Duration LIFETIME = Duration.ofMinutes(15);
    private static final String ALGORITHM = "HmacSHA256";

    private final Clock clock;
    private final SecretKeySpec key;

    public SandboxSignatures(Clock clock) {
        this.clock = clock;
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        this.key = new SecretKeySpec(random, ALGORITHM);
    }

    /** A signature for this agent, fit for a query string as it is. */
    public String issue(String agentId) {
        long expires = clock.instant().plus(LIFETIME).getEpochSecond();
        return expires + "-" + mac(agentId, expires);
    }

    public boolean verify(String agentId, @Nullable String signature) {
        int dash = signature == null ? -1 : signature.indexOf('-');
        if (signature == null || dash < 1 || !signature.substring(0, dash).matches("\\d{1,12}")) {
            return false;
        }
        long expires = Long.parseLong(signature.substring(0, dash));
        return MessageDigest.isEqual(bytes(signature.substring(dash + 1)), bytes(mac(agentId, expires)))
                && clock.instant().getEpochSecond() < expires;
    }

    private String mac(String agentId, long expires) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal(bytes(expires + " " + agentId)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
