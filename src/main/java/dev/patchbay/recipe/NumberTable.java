package dev.patchbay.recipe;

import org.jspecify.annotations.Nullable;

/**
 * A text for each phone number: an agent's name, a language. Beans of {@code routes/recipe/number-table} and {@code
 * routes/recipe/caller-language}.
 */
public final class NumberTable {

    private static final int LONGEST = 64;

    private volatile ByNumber<String> values = new ByNumber<>();

    /**
     * @param text a {@link Table} of two columns, {@code number} and another one: {@code +15550000031 | parrot}. The number
     *     may be a beginning, as {@code +49*}, or {@code *}; the longest that fits holds
     * @throws IllegalArgumentException naming the line that cannot be read
     */
    public void setRows(String text) {
        String column = text.lines()
                .filter(line -> !line.isBlank())
                .findFirst()
                .map(header -> header.substring(header.lastIndexOf('|') + 1).strip())
                .filter(name -> !name.equals("number"))
                .orElse("value");
        ByNumber<String> read = new ByNumber<>();
        Table.of(text, "number", column).forEach(row -> {
            String value = row.required(column);
            if (value.length() > LONGEST) {
                throw new IllegalArgumentException(column + " is longer than " + LONGEST + " characters");
            }
            read.put(row.required("number"), value);
        });
        values = read;
    }

    /** The text of this number, which may also be {@code anonymous}, a SIP address or null; null when it has none. */
    public @Nullable String of(@Nullable String number) {
        return values.find(number).orElse(null);
    }
}
