package dev.patchbay.flow;

import dev.patchbay.provider.twilio.TwilioSignature;
import dev.patchbay.sandbox.caller.CallReport;
import dev.patchbay.sandbox.caller.SandboxCaller;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/**
 * Requests at a steady rate and calls that talk all the time, against a gateway whose routes are being edited. Every answer
 * is looked at, and every frame of every call.
 */
final class Traffic implements AutoCloseable {

    private final RunningGateway gateway;
    private final HttpClient http = HttpClient.newHttpClient();
    private final TwilioSignature signature = new TwilioSignature(RunningGateway.TOKEN);
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final Phaser underWay = new Phaser(1);
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private final List<Question> questions = new ArrayList<>();
    private final AtomicLong asked = new AtomicLong();
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicLong frames = new AtomicLong();
    private volatile boolean goingOn = true;

    /**
     * A request and what its answer must be.
     *
     * @param form null for GET
     */
    private record Question(String path, Map<String, String> form, Predicate<HttpResponse<String>> right) {}

    Traffic(RunningGateway gateway) {
        this.gateway = gateway;
        questions.add(new Question("/calls?limit=1", null, answer -> has(answer, 200, "\"calls\"")));
        questions.add(new Question("/calls/nobody", null, answer -> answer.statusCode() == 404));
        questions.add(new Question("/twiml/menu", null, answer -> has(answer, 200, "<Response>")));
        questions.add(new Question("/agents?limit=1", null, answer -> has(answer, 200, "\"agents\"")));
        questions.add(new Question("/twilio/config", null, answer -> has(answer, 200, "configured")));
        questions.add(new Question("/health", null, answer -> has(answer, 200, "\"status\":\"ok\"")));
        questions.add(new Question(
                "/webhooks/twilio",
                Map.of("MessageSid", "SM00000000000000000000000000000001", "MessageStatus", "delivered"),
                answer -> has(answer, 200, "<Response/>")));
        questions.add(new Question(
                "/webhooks/twilio/fallback",
                Map.of("CallSid", "CA00000000000000000000000000000077", "DialCallStatus", "completed"),
                answer -> has(answer, 200, "<Hangup/>")));
    }

    private static boolean has(HttpResponse<String> answer, int status, String text) {
        return answer.statusCode() == status && answer.body().contains(text);
    }

    /** @param callers how many talk at any moment */
    Traffic start(int requestsPerSecond, int callers) {
        long nanos = TimeUnit.SECONDS.toNanos(1) / requestsPerSecond;
        clock.scheduleAtFixedRate(this::ask, 0, nanos, TimeUnit.NANOSECONDS);
        for (int i = 0; i < callers; i++) {
            call(i * 150L);
        }
        return this;
    }

    private void ask() {
        long number = asked.getAndIncrement();
        Question question = questions.get((int) (number % questions.size()));
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(gateway.origin() + question.path()));
        if (question.form() != null) {
            Map<String, String> form = new TreeMap<>(question.form());
            StringBuilder body = new StringBuilder();
            form.forEach((name, value) -> body.append(body.isEmpty() ? "" : "&")
                    .append(name)
                    .append('=')
                    .append(value));
            request.header("Content-Type", "application/x-www-form-urlencoded")
                    .header(
                            "X-Twilio-Signature",
                            signature.signForm(gateway.origin() + question.path(), form.entrySet()))
                    .POST(HttpRequest.BodyPublishers.ofString(body.toString()));
        }
        underWay.register();
        http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString()).whenComplete((answer, failed) -> {
            if (failed != null) {
                wrong.add(question.path() + ": " + failed);
            } else if (!question.right().test(answer)) {
                wrong.add(question.path() + ": " + answer.statusCode() + " " + answer.body());
            }
            underWay.arriveAndDeregister();
        });
    }

    /** One caller after the other on one line. */
    private void call(long delayMillis) {
        underWay.register();
        clock.schedule(
                () -> gateway.bean(SandboxCaller.class)
                        .call(gateway.requestTo("echo"))
                        .onComplete(done -> {
                            if (done.failed()) {
                                wrong.add("call: " + done.cause());
                            } else {
                                judge(done.result());
                            }
                            if (goingOn) {
                                call(0);
                            }
                            underWay.arriveAndDeregister();
                        }),
                delayMillis,
                TimeUnit.MILLISECONDS);
    }

    private void judge(CallReport report) {
        calls.incrementAndGet();
        frames.addAndGet(report.framesSent());
        Integer lost = report.lost();
        if (lost == null || lost != 0 || !report.violations().isEmpty()) {
            wrong.add("call " + report.callSid() + ": lost " + lost + ", " + report.violations() + ", ended by "
                    + report.ended().wire());
        }
    }

    /** Requests that failed or were answered wrongly, calls that lost a frame: so far. */
    List<String> wrong() {
        return List.copyOf(wrong);
    }

    /** Ends it: what is under way is waited for. */
    @Override
    public void close() {
        goingOn = false;
        clock.schedule(clock::shutdown, 0, TimeUnit.MILLISECONDS);
        try {
            clock.awaitTermination(5, TimeUnit.SECONDS);
            int phase = underWay.arriveAndDeregister();
            underWay.awaitAdvanceInterruptibly(phase, 60, TimeUnit.SECONDS);
        } catch (InterruptedException | java.util.concurrent.TimeoutException e) {
            wrong.add("the end: " + e);
        }
    }

    String summary() {
        return "%d requests, %d calls with %d frames, %d wrong"
                .formatted(asked.get(), calls.get(), frames.get(), wrong.size());
    }
}
