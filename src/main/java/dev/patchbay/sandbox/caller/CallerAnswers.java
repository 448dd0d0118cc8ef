package dev.patchbay.sandbox.caller;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What a person answers where {@code <Gather>} asks, one answer after the other; the last one stands for all further. */
final class CallerAnswers {

    private static final Pattern KEYS = Pattern.compile("[0-9*#]+");

    private final List<String> answers;
    private int next;

    CallerAnswers(List<String> answers) {
        this.answers = answers;
    }

    /** The fields of the answer; none when there is no answer of the kind that is asked for. */
    Map<String, String> to(Verb.Gather gather) {
        if (answers.isEmpty()) {
            return Map.of();
        }
        String answer = answers.get(Math.min(next++, answers.size() - 1));
        if (answer.isEmpty()) {
            return Map.of();
        }
        if (!KEYS.matcher(answer).matches()) {
            return gather.takes("speech") ? Map.of("SpeechResult", answer, "Confidence", "0.9") : Map.of();
        }
        return gather.takes("dtmf") ? Map.of("Digits", gather.digits(answer)) : Map.of();
    }
}
