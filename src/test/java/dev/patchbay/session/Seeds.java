package dev.patchbay.session;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The request bodies of seed 000, letter by letter. */
public final class Seeds {

    public static final String DAILY = read("session-daily.json");
    public static final String TWILIO = read("session-twilio.json");
    public static final String WITH_CONFIG = read("session-with-config.json");

    private Seeds() {}

    private static String read(String name) {
        try (InputStream resource = Seeds.class.getResourceAsStream("/seeds/" + name)) {
            return new String(Objects.requireNonNull(resource, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
