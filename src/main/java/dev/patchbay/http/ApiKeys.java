package dev.patchbay.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.patchbay.settings.InvalidSettingException;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The keys of the REST API and whose they are, from entries {@code name:key} ({@code PATCHBAY_API_KEYS}). A name goes
 * into logs and rate limits, a key never does.
 */
public final class ApiKeys {

    private static final String VARIABLE = "PATCHBAY_API_KEYS";

    private final Map<String, byte[]> keysByName;

    private ApiKeys(Map<String, byte[]> keysByName) {
        this.keysByName = keysByName;
    }

    /**
     * @param entries {@code name:key} each; a key may contain colons, a name may not
     * @throws InvalidSettingException when an entry has no name or no key, or a name or a key occurs twice
     */
    public static ApiKeys of(List<String> entries) {
        Map<String, byte[]> keys = new LinkedHashMap<>();
        for (String entry : entries) {
            int colon = entry.indexOf(':');
            String name = colon < 0 ? "" : entry.substring(0, colon).trim();
            String key = entry.substring(colon + 1).trim();
            if (name.isEmpty() || key.isEmpty()) {
                throw new InvalidSettingException(VARIABLE, "every entry must be name:key");
            }
            byte[] bytes = key.getBytes(UTF_8);
            if (keys.values().stream().anyMatch(other -> MessageDigest.isEqual(other, bytes))) {
                throw new InvalidSettingException(VARIABLE, "the key of " + name + " is used twice");
            }
            if (keys.put(name, bytes) != null) {
                throw new InvalidSettingException(VARIABLE, "the name " + name + " is used twice");
            }
        }
        return new ApiKeys(keys);
    }

    public boolean isEmpty() {
        return keysByName.isEmpty();
    }

    /** The name of this key's owner; nothing when it is no key. How long it takes tells nothing about the keys. */
    public Optional<String> owner(String key) {
        byte[] given = key.getBytes(UTF_8);
        String owner = null;
        for (Map.Entry<String, byte[]> entry : keysByName.entrySet()) {
            if (MessageDigest.isEqual(entry.getValue(), given)) {
                owner = entry.getKey();
            }
        }
        return Optional.ofNullable(owner);
    }
}
