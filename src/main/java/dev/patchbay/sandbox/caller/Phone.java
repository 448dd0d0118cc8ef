package dev.patchbay.sandbox.caller;

import java.util.List;

/**
 * Somebody's phone. Most pick up and press nothing; these do otherwise:
 *
 * <ul>
 *   <li>{@code +15005551001} is busy
 *   <li>{@code +15005551002} does not answer
 *   <li>{@code +15005551003} is answered by a machine, which presses nothing
 *   <li>{@code +15005551004} and {@code +15005551006} press 1 wherever a key is asked for
 *   <li>{@code +15005551005} presses 2
 * </ul>
 *
 * @param outcome {@code completed} when somebody picks up, else {@code busy} or {@code no-answer}
 * @param answers as in {@link CallerBehaviour}
 */
public record Phone(String outcome, boolean machine, List<String> answers) {

    private static final Phone USUAL = new Phone("completed", false, List.of());

    public Phone {
        answers = List.copyOf(answers);
    }

    /** The phone with this number. */
    public static Phone of(String number) {
        return switch (number) {
            case "+15005551001" -> new Phone("busy", false, List.of());
            case "+15005551002" -> new Phone("no-answer", false, List.of());
            case "+15005551003" -> new Phone("completed", true, List.of());
            case "+15005551004", "+15005551006" -> new Phone("completed", false, List.of("1"));
            case "+15005551005" -> new Phone("completed", false, List.of("2"));
            default -> USUAL;
        };
    }

    /** Whether it is one of those that the list names. */
    boolean isSpecial() {
        return !equals(USUAL);
    }
}
