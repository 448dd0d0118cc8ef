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

    /** Whom to dial: a number, or the URI of a {@code <Sip>} noun. */
    record Dial(String target, @Nullable String action) implements Verb {
        @Override
        public String name() {
            return "Dial";
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

    /** Noted, and passed over: Gather, Record and whatever else Twilio knows. */
    record Other(String name) implements Verb {}
}
