package dev.patchbay.sandbox.caller;

import java.util.UUID;

/** Identifiers in Twilio's shape: two letters and 32 hex digits. */
public final class Sids {
    private Sids() {}

    public static String next(String prefix) {
        return prefix + UUID.randomUUID().toString().replace("-", "");
    }
}
