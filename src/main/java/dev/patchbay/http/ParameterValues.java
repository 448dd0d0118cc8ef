package dev.patchbay.http;

import dev.patchbay.call.PhoneNumber;
import org.jspecify.annotations.Nullable;

/**
 * What a kamelet was given: texts, of which a blank one counts as not given. What is wrong is an invalid request whose
 * message begins with the parameter's name, because most values come from a caller's message.
 */
public final class ParameterValues {

    private ParameterValues() {}

    /** The text as it was given; null when it is blank. */
    public static @Nullable String text(@Nullable String value) {
        return value == null || value.isBlank() ? null : value;
    }

    /** A text that must be there, of at most so many characters as people count them. */
    public static String required(String name, @Nullable String value, int longest) {
        String text = text(value);
        if (text == null) {
            throw JsonFields.invalid(name, "is missing");
        }
        if (text.codePointCount(0, text.length()) > longest) {
            throw JsonFields.invalid(name, "is longer than " + longest + " characters");
        }
        return text;
    }

    /**
     * Gives a number back the plus sign that it began with: a parameter of an endpoint has a space for it, unless it was
     * written {@code RAW(+1...)}.
     */
    public static String plus(String given) {
        return given.startsWith(" ") && !given.contains("+") ? "+" + given.trim() : given.trim();
    }

    /** A phone number that must be there, in E.164. */
    public static String phone(String name, @Nullable String value) {
        String text = text(value);
        if (text == null) {
            throw JsonFields.invalid(name, "is missing");
        }
        try {
            return PhoneNumber.parse(plus(text));
        } catch (IllegalArgumentException e) {
            throw JsonFields.invalid(
                    name, "is not a phone number: a plus sign and 7 to 15 digits, such as +14155550123");
        }
    }

    /** The same, or else the other one. */
    public static String phoneOr(String name, @Nullable String value, String otherwise) {
        return text(value) == null ? otherwise : phone(name, value);
    }

    public static boolean flag(String name, @Nullable String value, boolean otherwise) {
        Boolean given = flag(name, value);
        return given == null ? otherwise : given;
    }

    /** Null when it is not given. */
    public static @Nullable Boolean flag(String name, @Nullable String value) {
        String text = text(value);
        if (text == null) {
            return null;
        }
        return switch (text.trim()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw JsonFields.invalid(name, "must be true or false");
        };
    }

    /** A whole number within bounds; null when it is not given. */
    public static @Nullable Integer whole(String name, @Nullable String value, int least, int most) {
        String text = text(value);
        if (text == null) {
            return null;
        }
        String digits = text.trim();
        if (!digits.matches("\\d{1,9}") || Integer.parseInt(digits) < least || Integer.parseInt(digits) > most) {
            throw JsonFields.invalid(name, "must be a whole number from " + least + " to " + most);
        }
        return Integer.valueOf(digits);
    }
}
