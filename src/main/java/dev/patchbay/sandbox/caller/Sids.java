package dev.patchbay.sandbox.caller;

import java.util.UUID;

/** Identifiers in Twilio's shape: two letters and 32 hex digits. */
final class Sids {
    private Sids() {}

    static String next(String prefix) {
        return prefix + UUID.randomUUID().toString().replace("-", "");
    }
}
