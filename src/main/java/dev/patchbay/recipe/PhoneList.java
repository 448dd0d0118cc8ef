package dev.patchbay.recipe;

import dev.patchbay.call.PhoneNumber;
import java.util.ArrayList;
import java.util.List;

/** People who are called one after the other, in the order of the list. A bean of recipes. */
public final class PhoneList {

    private volatile List<String> numbers = List.of();
    private volatile int rounds = 1;

    /**
     * @param text a {@link Table} of {@code name | number}
     * @throws IllegalArgumentException naming the line that cannot be read
     */
    public void setPeople(String text) {
        List<String> read = new ArrayList<>();
        Table.of(text, "name", "number").forEach(row -> read.add(PhoneNumber.parse(row.required("number"))));
        if (read.isEmpty()) {
            throw new IllegalArgumentException("there is nobody on the list");
        }
        numbers = List.copyOf(read);
    }

    /** @param times how often everybody is called before the list is given up, 1 or more */
    public void setRounds(int times) {
        if (times < 1) {
            throw new IllegalArgumentException("rounds must be 1 or more");
        }
        rounds = times;
    }

    /** How many calls there are at most. */
    public int size() {
        return numbers.size() * rounds;
    }

    /** Whose turn it is, in E.164. @param attempt 1 for the first call, {@link #size} for the last */
    public String number(int attempt) {
        return numbers.get((attempt - 1) % numbers.size());
    }

    /** Whether somebody of the list has this number. */
    public boolean has(String number) {
        return numbers.contains(number);
    }
}
