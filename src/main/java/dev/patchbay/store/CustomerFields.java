package dev.patchbay.store;

import dev.patchbay.call.PhoneNumber;
import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.PatchbayException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the fields of a customer may be (DESIGN section 5, "Shapes"): {@code phone} in E.164 once its separators are
 * removed, texts, {@code emi_eligible} true or false, an amount as text or number, and any further fields. The error names
 * the field and repeats nothing of its value.
 */
final class CustomerFields {

    static final String ID = "id";
    static final String PHONE = "phone";
    static final String EMI_ELIGIBLE = "emi_eligible";
    static final String TOTAL_ENR_AMOUNT = "total_enr_amount";

    /** The fields that every customer has, null where empty, beside {@code id}. */
    static final List<String> ALWAYS =
            List.of(PHONE, "name", "customer_id", "due_date", TOTAL_ENR_AMOUNT, EMI_ELIGIBLE);

    /** Fields of one customer at most. */
    static final int MOST = 200;

    /** Characters of a text at most. */
    static final int LONGEST = 10_000;

    private static final Set<String> TEXTS = Set.of("name", "due_date");
    private static final Set<String> TEXTS_OR_NUMBERS = Set.of("customer_id", TOTAL_ENR_AMOUNT);
    private static final Pattern GIVEN_ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    /** A dot or a dollar sign means something else to the store, and what begins with _ is ours. */
    private static final Pattern NAME = Pattern.compile("[^_$.\\p{Cntrl}][^$.\\p{Cntrl}]{0,99}");

    private static final Set<String> YES = Set.of("true", "yes", "y", "1");
    private static final Set<String> NO = Set.of("false", "no", "n", "0");

    private CustomerFields() {}

    /**
     * The fields as they are stored. A field that is null stays null.
     *
     * @throws PatchbayException {@code INVALID_REQUEST}, naming the field that is wrong
     */
    static Map<String, @Nullable Object> checked(Map<String, ? extends @Nullable Object> given) {
        if (given.size() > MOST) {
            throw invalid("customer", "has more than " + MOST + " fields");
        }
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        given.forEach((name, value) -> fields.put(name(name), value(name, value)));
        return fields;
    }

    /** The name of a field, which may be any but for a few characters. */
    static String name(String name) {
        if (!NAME.matcher(name).matches()) {
            throw invalid(
                    name.isEmpty() || name.length() > 100 ? "A field" : "Field " + name,
                    "has a name that is empty, longer than 100 characters, begins with _ or contains . or $");
        }
        return name;
    }

    /** The value of a CSV cell: {@code emi_eligible} is true or false there, everything else is text. */
    static @Nullable Object cell(String field, String text) {
        String value = text.trim();
        if (field.equals(EMI_ELIGIBLE) && YES.contains(value.toLowerCase(Locale.ROOT))) {
            return true;
        }
        if (field.equals(EMI_ELIGIBLE) && NO.contains(value.toLowerCase(Locale.ROOT))) {
            return false;
        }
        return value(field, value);
    }

    private static @Nullable Object value(String field, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        if (value instanceof String text && text.length() > LONGEST) {
            throw invalid(field, "is longer than " + LONGEST + " characters");
        }
        return switch (field) {
            case PHONE -> number(value);
            case ID -> id(value);
            case EMI_ELIGIBLE -> kept(field, value, value instanceof Boolean, "must be true or false");
            default ->
                TEXTS_OR_NUMBERS.contains(field)
                        ? kept(
                                field,
                                value,
                                value instanceof String || value instanceof Number,
                                "must be text or number")
                        : kept(field, value, !TEXTS.contains(field) || value instanceof String, "must be a text");
        };
    }

    private static String number(Object value) {
        if (!(value instanceof String text)) {
            throw invalid(PHONE, "must be a text");
        }
        try {
            return PhoneNumber.parse(text);
        } catch (IllegalArgumentException e) {
            throw new PatchbayException(ErrorCategory.INVALID_REQUEST, null, PHONE + ": " + e.getMessage());
        }
    }

    private static Object id(Object value) {
        return kept(
                ID,
                value,
                value instanceof String text && GIVEN_ID.matcher(text).matches(),
                "is 1 to 64 letters, digits, _ or -");
    }

    private static Object kept(String field, Object value, boolean right, String otherwise) {
        if (!right) {
            throw invalid(field, otherwise);
        }
        return value;
    }

    static PatchbayException invalid(String field, String reason) {
        return new PatchbayException(ErrorCategory.INVALID_REQUEST, null, field + " " + reason);
    }
}
