package dev.patchbay.sandbox.caller;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a simulated caller behaves.
 *
 * @param speaksAfter silence before its audio begins
 * @param hangsUpAfter when it hangs up, counted from the answer; null: when its audio is over and it has heard
 *     nothing but silence for {@code tail}, at the latest 20 s after its audio
 * @param tail see {@code hangsUpAfter}
 * @param keys keys it presses, in order of time
 * @param startsAfter how long {@code start} waits after {@code connected}; null: never sent
 * @param followsTwiml false: takes the answer and opens no stream until it hangs up
 * @param dialCallStatus what becomes of every {@code <Dial>} but those to a {@link Phone} of its own kind
 * @param dialTalksFor how long somebody who is dialled and answers talks
 * @param answers what it answers menus, in order: keys ({@code 1}, {@code 42#}) or words; an empty text is no answer; the
 *     last one stands for all further
 */
public record CallerBehaviour(
        Duration speaksAfter,
        @Nullable Duration hangsUpAfter,
        Duration tail,
        List<Key> keys,
        @Nullable Duration startsAfter,
        boolean followsTwiml,
        String dialCallStatus,
        Duration dialTalksFor,
        List<String> answers) {

    /**
     * A key pressed.
     *
     * @param after since the media stream's start
     * @param digit one of 0-9, *, #
     */
    public record Key(Duration after, String digit) {}

    /** Says its audio at once, waits for 1.5 s of silence, hangs up. */
    public static final CallerBehaviour DEFAULT = new CallerBehaviour(
            Duration.ZERO,
            null,
            Duration.ofMillis(1500),
            List.of(),
            Duration.ZERO,
            true,
            "completed",
            Duration.ZERO,
            List.of());

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    public CallerBehaviour {
        keys = List.copyOf(keys);
        answers = List.copyOf(answers);
    }

    public CallerBehaviour speakingAfter(Duration silence) {
        return new CallerBehaviour(
                silence, hangsUpAfter, tail, keys, startsAfter, followsTwiml, dialCallStatus, dialTalksFor, answers);
    }

    public CallerBehaviour hangingUpAfter(Duration time) {
        return new CallerBehaviour(
                speaksAfter, time, tail, keys, startsAfter, followsTwiml, dialCallStatus, dialTalksFor, answers);
    }

    public CallerBehaviour withTail(Duration silence) {
        return new CallerBehaviour(
                speaksAfter,
                hangsUpAfter,
                silence,
                keys,
                startsAfter,
                followsTwiml,
                dialCallStatus,
                dialTalksFor,
                answers);
    }

    public CallerBehaviour pressing(List<Key> pressed) {
        return new CallerBehaviour(
                speaksAfter,
                hangsUpAfter,
                tail,
                pressed,
                startsAfter,
                followsTwiml,
                dialCallStatus,
                dialTalksFor,
                answers);
    }

    /**
     * A media stream that is slow to start, or never does.
     *
     * @param wait null: {@code start} is never sent
     */
    public CallerBehaviour startingAfter(@Nullable Duration wait) {
        return new CallerBehaviour(
                speaksAfter, hangsUpAfter, tail, keys, wait, followsTwiml, dialCallStatus, dialTalksFor, answers);
    }

    public CallerBehaviour ignoringTwiml() {
        return new CallerBehaviour(
                speaksAfter, hangsUpAfter, tail, keys, startsAfter, false, dialCallStatus, dialTalksFor, answers);
    }

    public CallerBehaviour dialEndingAs(String status) {
        return new CallerBehaviour(
                speaksAfter, hangsUpAfter, tail, keys, startsAfter, followsTwiml, status, dialTalksFor, answers);
    }

    public CallerBehaviour dialTalkingFor(Duration time) {
        return new CallerBehaviour(
                speaksAfter, hangsUpAfter, tail, keys, startsAfter, followsTwiml, dialCallStatus, time, answers);
    }

    public CallerBehaviour answering(List<String> given) {
        return new CallerBehaviour(
                speaksAfter, hangsUpAfter, tail, keys, startsAfter, followsTwiml, dialCallStatus, dialTalksFor, given);
    }

    /** When the caller has had enough at the latest, counted from the answer. */
    long patienceMillis(CallerAudio audio) {
        return hangsUpAfter != null
                ? hangsUpAfter.toMillis()
                : speaksAfter.toMillis() + audio.millis() + tail.plus(PATIENCE).toMillis();
    }

    /** Whether the caller goes once everything is said and heard. */
    boolean goesWhenQuiet() {
        return hangsUpAfter == null;
    }
}
