package dev.patchbay.sandbox;

import dev.patchbay.http.GatewayReady;
import dev.patchbay.provider.twilio.TwilioProperties;
import dev.patchbay.sandbox.caller.CallReport;
import dev.patchbay.sandbox.caller.CallRequest;
import dev.patchbay.sandbox.caller.CallerAudio;
import dev.patchbay.sandbox.caller.CallerBehaviour;
import dev.patchbay.sandbox.caller.SandboxCaller;
import dev.patchbay.sandbox.speech.BundledSpeech;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;

/** The first call of a sandbox: placed by itself, so that whoever started it sees the main job done. */
public final class SandboxDemonstration {
    /** A number of the range that is kept for fiction. */
    static final String CALLER = "+14155550123";

    private static final String CALLED = "+14155550100";
    /** The caller breaks into the greeting, and the whole call stays well below 12 s. */
    private static final CallerBehaviour BEHAVIOUR =
            CallerBehaviour.DEFAULT.speakingAfter(Duration.ofMillis(1_600)).hangingUpAfter(Duration.ofMillis(8_500));

    private final SandboxCaller caller;
    private final SandboxAddress address;
    private final TwilioProperties twilio;
    private final RecentCalls recent;
    private final PrintStream out;

    SandboxDemonstration(
            SandboxCaller caller,
            SandboxAddress address,
            TwilioProperties twilio,
            RecentCalls recent,
            PrintStream out) {
        this.caller = caller;
        this.address = address;
        this.twilio = twilio;
        this.recent = recent;
        this.out = out;
    }

    /** Not where {@code patchbay.sandbox.demonstration} is off: in tests, which place their own calls. */
    @EventListener(condition = "@environment.getProperty('patchbay.sandbox.demonstration') != 'false'")
    void ready(GatewayReady gateway) {
        run(gateway.publicPort(), gateway.operationsPort());
    }

    /** Places one call and prints how it went, about nine seconds later. Returns at once. */
    public void run(int publicPort, int operationsPort) {
        address.listening(publicPort);
        String called = Objects.requireNonNullElse(twilio.defaultPhoneNumber(), CALLED);
        CallRequest request = CallRequest.of(
                        CALLER,
                        called,
                        CallerAudio.of(BundledSpeech.CALLER.wav()),
                        address.gateway(),
                        SandboxController.accountSid(twilio),
                        SandboxController.authToken(twilio))
                .with(BEHAVIOUR);
        caller.call(request)
                .onSuccess(report -> {
                    recent.add(report);
                    out.println(text(report, publicPort, operationsPort));
                })
                .onFailure(fault -> out.println("The sandbox's own call failed: " + fault.getMessage()));
    }

    private static String text(CallReport report, int publicPort, int operationsPort) {
        return """

                The sandbox has placed a call to itself: %s
                  TwiML after %d ms, first agent audio after %s ms, ended by %s after %.1f s
                  %d frames of 20 ms sent, %d received; own voice back after %s ms, %s lost, %s late; interruptions: %d
                %s  both sides: http://127.0.0.1:%d/sandbox/calls/%s/recording.wav

                Try next:
                  curl -X POST http://127.0.0.1:%d/sandbox/calls -H 'Content-Type: application/json' -d '{"from":"%s","to":"%s"}'
                  curl -X POST http://127.0.0.1:%d/sandbox/calls -H 'Content-Type: application/json' -d '{"from":"%s","to":"%s","agent":"parrot"}'
                  curl http://127.0.0.1:%d/calls
                  curl http://127.0.0.1:%d/calls/%s/transcript
                  routes and figures: http://127.0.0.1:%d/actuator/hawtio
                """.formatted(
                        report.callSid(),
                        report.twimlMillis(),
                        orNone(report.firstAgentAudioMillis()),
                        report.ended().wire(),
                        report.durationMillis() / 1000.0,
                        report.framesSent(),
                        report.framesReceived(),
                        orNone(report.roundTripMillis()),
                        orNone(report.lost()),
                        orNone(report.late()),
                        report.clears(),
                        violations(report),
                        operationsPort,
                        report.callSid(),
                        operationsPort,
                        report.from(),
                        report.to(),
                        operationsPort,
                        report.from(),
                        report.to(),
                        publicPort,
                        publicPort,
                        report.callSid(),
                        operationsPort);
    }

    private static String violations(CallReport report) {
        StringBuilder lines = new StringBuilder();
        report.violations()
                .forEach(fault -> lines.append(
                        String.format(Locale.ROOT, "  Twilio would report %d: %s%n", fault.code(), fault.what())));
        return lines.toString();
    }

    private static String orNone(@Nullable Number value) {
        return value == null ? "-" : String.format(Locale.ROOT, "%.0f", value.doubleValue());
    }
}
