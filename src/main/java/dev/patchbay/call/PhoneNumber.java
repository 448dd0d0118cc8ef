package dev.patchbay.call;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Phone numbers as we take them (E.164) and as we log them (masked). Which numbers exist is for the carrier to judge; the
 * {@code From} and {@code To} of a webhook are never parsed, as they may be {@code anonymous} or a SIP address.
 */
public final class PhoneNumber {

    private static final Pattern SEPARATORS = Pattern.compile("[\\s\\u00A0().\\-/]");
    private static final Pattern E164 = Pattern.compile("\\+[1-9]\\d{6,14}");
    private static final Pattern DIALLED = Pattern.compile("\\+?\\d{5,}");
    private static final String MASK = "***";

    private PhoneNumber() {}

    /**
     * The number without separators (spaces, hyphens, dots, slashes, parentheses).
     *
     * @throws IllegalArgumentException if it is not E.164: a plus sign and 7 to 15 digits; the message does not repeat it
     */
    public static String parse(String given) {
        String number = SEPARATORS.matcher(given).replaceAll("");
        if (!E164.matcher(number).matches()) {
            throw new IllegalArgumentException(
                    "A phone number is a plus sign and 7 to 15 digits, such as +14155550123");
        }
        return number;
    }

    /** The number for a log: {@code ***23}. What is not a number (a SIP address, a name, null) becomes {@code ***}. */
    public static String masked(@Nullable String number) {
        if (number == null) {
            return MASK;
        }
        String digits = SEPARATORS.matcher(number).replaceAll("");
        return DIALLED.matcher(digits).matches() ? MASK + digits.substring(digits.length() - 2) : MASK;
    }
}
