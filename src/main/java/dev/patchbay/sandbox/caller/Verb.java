package dev.patchbay.sandbox.caller;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A TwiML verb, as far as a simulated caller follows it. */
sealed interface Verb {

    /** The verb's name in TwiML. */
    String name();

    /** {@code <Connect><Stream>}: a bidirectional stream; the next verb runs when it is over. */
    record ConnectStream(
            String url,
            Map<String, String> parameters,
            @Nullable String statusCallback) implements Verb {
        @Override
        public String name() {
            return "Connect";
        }
    }

    /**
     * {@code <Start><Recording>}: the call is recorded from here on; the next verb runs at once.
     *
     * @param callback what is told of the recording; null: nobody
     * @param events of which it is told
     */
    record StartRecording(@Nullable String callback, List<String> events) implements Verb {
        @Override
        public String name() {
            return "Start";
        }
    }

    /** {@code <Play>} of what is at a URL. */
    record Play(String url) implements Verb {
        @Override
        public String name() {
            return "Play";
        }
    }

    record Redirect(String url) implements Verb {
        @Override
        public String name() {
            return "Redirect";
        }
    }

    record Say(String text) implements Verb {
        @Override
        public String name() {
            return "Say";
        }
    }

    record Pause(int seconds) implements Verb {
        @Override
        public String name() {
            return "Pause";
        }
    }

    /**
     * Whom to dial: a number, or the URI of a {@code <Sip>} noun.
     *
     * @param url what the called side hears before both are connected; null: they are at once
     */
    record Dial(
            String target,
            @Nullable String action,
            @Nullable String url) implements Verb {
        @Override
        public String name() {
            return "Dial";
        }
    }

    /**
     * {@code <Dial><Conference>}.
     *
     * @param conference its name
     * @param action what is fetched when the call has left; null: the next verb runs
     * @param events which of {@code start end join leave} are reported, separated by spaces
     */
    record DialConference(
            String conference,
            @Nullable String action,
            boolean endsOnExit,
            @Nullable String statusCallback,
            String events)
            implements Verb {
        @Override
        public String name() {
            return "Dial";
        }

        boolean reports(String event) {
            return List.of(events.split("\\s+")).contains(event);
        }
    }

    /**
     * {@code <Dial><Queue>}: takes the caller who has waited for longest.
     *
     * @param url what that caller hears before both are connected; null: nothing
     * @param timeout seconds to wait for one, where there is none
     */
    record DialQueue(
            String queue, @Nullable String action, @Nullable String url, int timeout) implements Verb {
        @Override
        public String name() {
            return "Dial";
        }
    }

    /**
     * Waits for somebody.
     *
     * @param waitUrl the document that is heard meanwhile; null: Twilio's own music
     * @param action what is fetched when the waiting is over; null: the next verb runs
     */
    record Enqueue(
            String queue,
            @Nullable String waitUrl,
            @Nullable String action) implements Verb {
        @Override
        public String name() {
            return "Enqueue";
        }
    }

    record Leave() implements Verb {
        @Override
        public String name() {
            return "Leave";
        }
    }

    /**
     * Asks for keys or words; when none come, the next verb runs.
     *
     * @param action where they go; null: where the document came from
     * @param input {@code dtmf}, {@code speech} or both, separated by a space
     * @param finishOnKey the key that ends the input and is no part of it; may be empty
     * @param said texts of the {@code <Say>}s within
     */
    record Gather(@Nullable String action, String input, int numDigits, String finishOnKey, List<String> said)
            implements Verb {
        @Override
        public String name() {
            return "Gather";
        }

        /** Where the answer goes; empty: where the document came from. */
        String target() {
            return action == null ? "" : action;
        }

        boolean takes(String kind) {
            return List.of(input.split("\\s+")).contains(kind);
        }

        /** What of the pressed keys arrives. */
        String digits(String pressed) {
            int end = finishOnKey.isEmpty() ? -1 : pressed.indexOf(finishOnKey);
            String until = end < 0 ? pressed : pressed.substring(0, end);
            return until.length() > numDigits ? until.substring(0, numDigits) : until;
        }
    }

    /**
     * Takes a message; when nothing is said, the next verb runs.
     *
     * @param action where the call goes on; null: where the document came from
     * @param timeout seconds of silence that end it
     * @param maxLength seconds
     * @param transcribeCallback who is told what was said; null: nobody asks
     */
    record Record(
            @Nullable String action,
            int timeout,
            int maxLength,
            @Nullable String recordingStatusCallback,
            @Nullable String transcribeCallback)
            implements Verb {
        @Override
        public String name() {
            return "Record";
        }

        /** Where the call goes on; empty: where the document came from. */
        String target() {
            return action == null ? "" : action;
        }
    }

    record Hangup() implements Verb {
        @Override
        public String name() {
            return "Hangup";
        }
    }

    record Reject(String reason) implements Verb {
        @Override
        public String name() {
            return "Reject";
        }
    }

    /** Noted, and passed over: whatever else Twilio knows. */
    record Other(String name) implements Verb {}
}
