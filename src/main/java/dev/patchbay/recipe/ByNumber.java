package dev.patchbay.recipe;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Something for each phone number. A key is a number in E.164, or its beginning and a star: {@code +49*} is every number of
 * Germany's, {@code *} everything, a caller without a number included. The longest key that fits holds.
 */
final class ByNumber<T> {

    private static final Pattern KEY = Pattern.compile("\\+[1-9]\\d{6,14}|\\+[1-9]\\d{0,13}\\*|\\*");

    private final Map<String, T> values = new HashMap<>();

    /** @throws IllegalArgumentException when the key is none, or there already */
    void put(String key, T value) {
        if (!KEY.matcher(key).matches()) {
            throw new IllegalArgumentException(
                    "a number is a plus sign and 7 to 15 digits, or its beginning and a star: +49*");
        }
        if (values.putIfAbsent(key, value) != null) {
            throw new IllegalArgumentException("the number has a row already");
        }
    }

    /** What there is for this number, which may also be {@code anonymous}, a SIP address or null. */
    Optional<T> find(@Nullable String number) {
        if (number != null) {
            T exact = values.get(number);
            if (exact != null) {
                return Optional.of(exact);
            }
            for (int end = number.length() - 1; end > 0; end--) {
                T beginning = values.get(number.substring(0, end) + "*");
                if (beginning != null) {
                    return Optional.of(beginning);
                }
            }
        }
        return Optional.ofNullable(values.get("*"));
    }
}
