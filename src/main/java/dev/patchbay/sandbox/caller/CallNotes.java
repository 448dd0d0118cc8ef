package dev.patchbay.sandbox.caller;

import dev.patchbay.media.audio.MuLaw;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is noted while a call goes on; becomes its report. Used on the call's event loop only. */
final class CallNotes {
    private static final int MOST_KEPT = 100;

    long twimlMillis;

    @Nullable
    Long firstAgentAudioMillis;

    long bytesReceived;
    int marks;
    int clears;

    @Nullable
    Integer closeCode;

    final BitSet framesSent = new BitSet();
    final List<String> dtmf = new ArrayList<>();
    final List<String> said = new ArrayList<>();
    final List<String> whispered = new ArrayList<>();
    final List<String> dialled = new ArrayList<>();
    final List<String> played = new ArrayList<>();
    final List<String> recordings = new ArrayList<>();
    final List<String> verbs = new ArrayList<>();
    private final List<CallReport.Violation> violations = new ArrayList<>();

    void violation(int code, String what) {
        violation(new CallReport.Violation(code, what));
    }

    void violation(CallReport.Violation violation) {
        if (violations.size() < MOST_KEPT) {
            violations.add(violation);
        }
    }

    /** What Twilio would report of a failure. */
    static CallReport.Violation violationOf(Throwable fault) {
        return fault instanceof TwimlException known
                ? known.violation()
                : new CallReport.Violation(11200, String.valueOf(fault));
    }

    List<CallReport.Violation> violations() {
        return List.copyOf(violations);
    }

    /** What the caller sent, at the time it was sent; silence while no stream was open. */
    short[] sent(CallRequest request, int samples) {
        short[] sent = new short[samples];
        int silent = framesBeforeSpeech(request);
        framesSent.stream()
                .filter(frame -> (frame + 1) * CallerAudio.FRAME <= samples)
                .forEach(frame -> MuLaw.decode(
                        request.audio().frame(frame - silent), 0, CallerAudio.FRAME, sent, frame * CallerAudio.FRAME));
        return sent;
    }

    static int framesBeforeSpeech(CallRequest request) {
        return (int) (request.behaviour().speaksAfter().toMillis() / 20);
    }
}
