package dev.patchbay.recipe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a caller can choose, by a key or in words. A bean of {@code routes/recipe/ivr-menu}. */
public final class Menu {

    private static final Pattern KEY = Pattern.compile("[0-9*]{1,4}");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}']+");

    /** @param phrases each as its words, in lower case */
    private record Choice(String key, List<List<String>> phrases, String goesTo) {}

    private volatile List<Choice> choices = List.of();

    /**
     * @param text a {@link Table} of {@code key | words | goes to}: {@code 1 | sales, buy something | parrot}. Of the words,
     *     one has to be said, whatever is said around it; they may be missing
     * @throws IllegalArgumentException naming the line that cannot be read
     */
    public void setChoices(String text) {
        List<Choice> read = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        Table.of(text, "key", "words", "goes to").forEach(row -> {
            String key = row.required("key");
            if (!KEY.matcher(key).matches()) {
                throw new IllegalArgumentException(key + " is no key: one to four of 0-9 and *");
            }
            if (!keys.add(key)) {
                throw new IllegalArgumentException("key " + key + " has a row already");
            }
            List<List<String>> phrases = row.list("words").stream()
                    .map(Menu::words)
                    .filter(words -> !words.isEmpty())
                    .toList();
            read.add(new Choice(key, phrases, row.required("goes to")));
        });
        choices = List.copyOf(read);
    }

    /**
     * What the caller has chosen.
     *
     * @param form Twilio's, with {@code Digits} or {@code SpeechResult}
     * @return where that goes to; null when nothing was said, or nothing that fits. The first row that fits holds
     */
    public @Nullable String chosen(Map<String, String> form) {
        String digits = form.getOrDefault("Digits", "");
        List<String> said = words(form.getOrDefault("SpeechResult", ""));
        return choices.stream()
                .filter(choice ->
                        choice.key.equals(digits) || choice.phrases.stream().anyMatch(phrase -> follows(said, phrase)))
                .findFirst()
                .map(Choice::goesTo)
                .orElse(null);
    }

    /** Whether the words of a phrase were said, one after the other. */
    private static boolean follows(List<String> said, List<String> phrase) {
        for (int from = 0; from + phrase.size() <= said.size(); from++) {
            if (said.subList(from, from + phrase.size()).equals(phrase)) {
                return true;
            }
        }
        return false;
    }

    private static List<String> words(String text) {
        return Arrays.stream(BETWEEN_WORDS.split(text.toLowerCase(Locale.ROOT)))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
