package dev.patchbay.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.patchbay.agent.Agent;
import dev.patchbay.agent.AgentLimits;
import dev.patchbay.call.Call;
import dev.patchbay.call.CallEvent;
import dev.patchbay.call.CallEvents;
import dev.patchbay.call.Ids;
import dev.patchbay.media.audio.MuLaw;
import dev.patchbay.route.PatchbayRoutesException;
import dev.patchbay.sandbox.caller.CallReport;
import dev.patchbay.sandbox.caller.CallRequest;
import dev.patchbay.sandbox.caller.CallerAudio;
import dev.patchbay.sandbox.caller.CallerBehaviour;
import dev.patchbay.sandbox.speech.BundledSpeech;
import dev.patchbay.sandbox.speech.CrossCorrelation;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.junit.jupiter.api.Test;

/** The source kamelets: real calls, and edits of the routes while events and audio come. */
class KameletSourcesIT {

    private final KameletGateway kamelets = KameletGateway.shared();
    private final RunningGateway gateway = kamelets.gateway;
    private final CallEvents events = gateway.bean(CallEvents.class);

    /** What a route was given: the body, and the variables. */
    private record Heard(Object body, Map<String, Object> variables) {

        static Heard of(Exchange exchange) {
            return new Heard(exchange.getMessage().getBody(), Map.copyOf(exchange.getVariables()));
        }

        String type() {
            return String.valueOf(((Map<?, ?>) body).get("type"));
        }

        String id() {
            return String.valueOf(((Map<?, ?>) body).get("id"));
        }
    }

    // ---- patchbay-call-source --------------------------------------------------------------------------------------

    @Test
    void brokenCallTextIsSentWhenTheAgentIsLost() throws Exception {
        gateway.agent(new Agent(
                "dropping", "dropping", "elevenlabs", null, null, "flaky-drop", null, null, null, AgentLimits.DEFAULT));

        gateway.call(gateway.requestTo("dropping"));

        await().untilAsserted(() -> assertThat(
                        new JsonObject(gateway.get("/messages?limit=200").body())
                                .getJsonArray("messages").stream()
                                        .map(JsonObject.class::cast)
                                        .filter(message -> RunningGateway.ADA.equals(message.getString("to")))
                                        .map(message -> message.getString("body")))
                .contains("Our line broke off, sorry. We call you back."));
    }

    @Test
    void theStoryOfACallIsToldAndItsEndOnce() throws Exception {
        List<Heard> heard = listen("story", "*", 1000, exchange -> {});
        gateway.agent("told-of", "parrot");

        CallReport report = gateway.call(
                gateway.requestTo("told-of"), CallerBehaviour.DEFAULT.hangingUpAfter(Duration.ofSeconds(1)));
        String id = gateway.record(report.callSid()).getString("id");

        await().untilAsserted(() -> assertThat(of(heard, id).stream().map(Heard::type))
                .contains("media-ended", "call-status", CallEvents.COMPLETED));
        List<Heard> story = of(heard, id);
        List<String> types = story.stream().map(Heard::type).toList();
        List<String> kept = new ArrayList<>(gateway.eventTypes(report.callSid()));
        kept.add(CallEvents.COMPLETED);
        assertThat(types).containsExactlyInAnyOrderElementsOf(kept);
        assertThat(types)
                .containsSubsequence(
                        "call-received", "call-answered", "media-started", "agent-connected", "media-ended");
        Heard over = story.stream()
                .filter(event -> event.type().equals(CallEvents.COMPLETED))
                .reduce((one, two) -> {
                    throw new AssertionError("told twice");
                })
                .orElseThrow();
        assertThat(((Map<?, ?>) over.body()).get("data")).isInstanceOfSatisfying(Map.class, data -> {
            assertThat(data.get("status")).isEqualTo("completed");
            assertThat(data.get("ended_by")).isEqualTo("caller");
            assertThat(data).containsKeys("duration", "error");
        });
        assertThat(over.variables().get("callId")).isEqualTo(id);
        assertThat(over.variables().get("call")).isInstanceOfSatisfying(Call.class, call -> assertThat(call.from())
                .isEqualTo(RunningGateway.ADA));
        assertThat(((Map<?, ?>) over.body()).keySet().toString()).isEqualTo("[id, call_id, type, at, data]");
    }

    @Test
    void onlyTheTypesThatAreAskedForAndNothingOfBefore() {
        events.tell(event("kind-a"));
        List<Heard> heard = listen("kinds", "kind-a,kind-b*", 1000, exchange -> {});

        events.tell(event("kind-b"));
        events.tell(event("kind-c"));
        events.tell(event("kind-a-and-more"));
        events.tell(event("kind-b-too"));
        events.tell(event("kind-a"));

        await().untilAsserted(() ->
                assertThat(heard.stream().map(Heard::type)).containsExactly("kind-b", "kind-b-too", "kind-a"));
    }

    @Test
    void noEventIsLostOrTwiceWhileRoutesAreEdited() throws Exception {
        Semaphore room = new Semaphore(200);
        List<Heard> heard = listen("edited", "edit-*", 1000, exchange -> room.release());
        AtomicBoolean over = new AtomicBoolean();
        List<CompletableFuture<List<String>>> tellers = new ArrayList<>();
        for (int teller = 0; teller < 3; teller++) {
            String type = "edit-" + teller;
            tellers.add(CompletableFuture.supplyAsync(() -> {
                List<String> told = new ArrayList<>();
                while (!over.get()) {
                    room.acquireUninterruptibly();
                    CallEvent event = event(type);
                    told.add(event.id());
                    events.tell(event);
                }
                return told;
            }));
        }
        for (int edit = 0; edit < 6; edit++) {
            int before = heard.size();
            // Also an edit that fails, after its consumer has started.
            if (edit == 3) {
                kamelets.write("test/zz-broken.camel.yaml", "- route: {id: broken, from: {uri: 'no-such:thing'}}");
                assertThatThrownBy(kamelets::flip).isInstanceOf(PatchbayRoutesException.class);
                kamelets.delete("test/zz-broken.camel.yaml");
            } else {
                kamelets.flip();
            }
            await().until(() -> heard.size() > before + 50);
        }
        over.set(true);
        List<String> told = new ArrayList<>();
        for (CompletableFuture<List<String>> teller : tellers) {
            told.addAll(teller.get(30, TimeUnit.SECONDS));
        }

        await().untilAsserted(() -> assertThat(heard).hasSizeGreaterThanOrEqualTo(told.size()));
        assertThat(heard.stream().map(Heard::id)).containsExactlyInAnyOrderElementsOf(told);
    }

    @Test
    void aSlowRouteHoldsNobodyUpAndWhatItMissesIsCounted() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch busy = new CountDownLatch(1);
        List<Heard> heard = listen("slow", "slow-*", 5, exchange -> {
            busy.countDown();
            go.await(30, TimeUnit.SECONDS);
        });
        double before = dropped();

        events.tell(event("slow-one"));
        assertThat(busy.await(10, TimeUnit.SECONDS)).isTrue();
        for (int i = 0; i < 20; i++) {
            events.tell(event("slow-next")); // returns although the route stands still
        }

        assertThat(heard).isEmpty();
        assertThat(dropped() - before).isEqualTo(15);
        go.countDown();
        await().untilAsserted(() -> assertThat(heard).hasSize(6));
    }

    @Test
    void aRouteThatIsDeletedHearsNothingMore() {
        List<Heard> heard = listen("deleted", "deleted-*", 10, exchange -> {});
        events.tell(event("deleted-before"));
        kamelets.delete("test/deleted.camel.yaml");
        kamelets.flip();

        events.tell(event("deleted-after"));
        List<Heard> witness = listen("witness", "deleted-*", 10, exchange -> {});
        events.tell(event("deleted-later"));

        await().untilAsserted(
                        () -> assertThat(witness.stream().map(Heard::type)).containsExactly("deleted-later"));
        assertThat(heard.stream().map(Heard::type)).containsExactly("deleted-before");
    }

    // ---- patchbay-media-tap-source ---------------------------------------------------------------------------------

    @Test
    void theCallersAudioArrivesSampleBySampleAlsoAcrossEdits() throws Exception {
        List<Heard> heard = tap("tap-caller", "tapped", "side: caller", "chunk: 100");
        gateway.agent("tapped", "parrot.ulaw_8000");
        byte[] noise = new byte[160 * 150];
        new Random(7).nextBytes(noise);
        CallRequest request = CallRequest.of(
                        RunningGateway.ADA,
                        "+15550009999",
                        CallerAudio.ofMuLaw(noise),
                        gateway.origin(),
                        RunningGateway.ACCOUNT,
                        RunningGateway.TOKEN)
                .to("/api/webhooks/twilio/tapped")
                .with(CallerBehaviour.DEFAULT.hangingUpAfter(Duration.ofSeconds(90)));

        CompletableFuture<CallReport> call = CompletableFuture.supplyAsync(() -> {
            try {
                return gateway.call(request);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        for (int edit = 0; edit < 3; edit++) {
            int before = heard.size();
            await().pollInterval(Duration.ofMillis(10)).until(() -> heard.size() > before + 3);
            kamelets.flip();
        }
        await().until(() -> samples(heard).length >= noise.length); // an edit can be quicker than 3 s of noise
        gateway.delete("/calls/" + heard.get(0).variables().get("callId"));
        CallReport report = call.get(60, TimeUnit.SECONDS);
        await().until(() -> heard.stream()
                .anyMatch(chunk -> Boolean.TRUE.equals(chunk.variables().get("last"))));

        assertThat(report.violations()).isEmpty();
        short[] samples = samples(heard);
        await().untilAsserted(() -> assertThat(
                        gateway.record(report.callSid()).getJsonObject("media").getInteger("frames_in") * 160)
                .isEqualTo(samples.length));
        String id = gateway.record(report.callSid()).getString("id");
        short[] said = new short[noise.length];
        MuLaw.decode(noise, 0, noise.length, said, 0);
        assertThat(Arrays.copyOf(samples, said.length)).isEqualTo(said);
        assertThat(heard).allSatisfy(chunk -> {
            assertThat(chunk.variables())
                    .containsEntry("side", "caller")
                    .containsEntry("rate", 8000)
                    .containsEntry("callSid", report.callSid())
                    .containsEntry("callId", id);
        });
        assertThat(heard.stream()
                        .filter(chunk -> Boolean.TRUE.equals(chunk.variables().get("last"))))
                .hasSize(1);
    }

    @Test
    void bothSidesAreHeardInTheRateThatIsAskedFor() throws Exception {
        List<Heard> heard = tap("tap-both", "greeted", "rate: 16000", "chunk: 500");
        gateway.agent("greeted", "greeter");

        CallReport report = gateway.call(
                gateway.requestTo("greeted"),
                CallerBehaviour.DEFAULT.speakingAfter(Duration.ofSeconds(1)).hangingUpAfter(Duration.ofSeconds(5)));
        await().untilAsserted(() -> assertThat(heard.stream()
                        .filter(chunk -> Boolean.TRUE.equals(chunk.variables().get("last")))
                        .map(chunk -> chunk.variables().get("side")))
                .containsExactlyInAnyOrder("caller", "agent"));

        assertThat(report.violations()).isEmpty();
        assertThat(heard).allMatch(chunk -> chunk.variables().get("rate").equals(16000));
        assertThat(correlation(BundledSpeech.CALLER, side(heard, "caller"))).isGreaterThan(0.9);
        assertThat(correlation(BundledSpeech.GREETING, side(heard, "agent"))).isGreaterThan(0.9);
    }

    @Test
    void aTapOfAnotherCallHearsNothing() throws Exception {
        List<Heard> heard = tap("tap-other", "unheard", "callId: 01JX3V9Q8ZK6M4T2N7R5C1B0AD", "side: both");
        List<Heard> witness = tap("tap-witness", "unheard", "side: agent");
        gateway.agent("unheard", "greeter");

        gateway.call(gateway.requestTo("unheard"), CallerBehaviour.DEFAULT.hangingUpAfter(Duration.ofSeconds(1)));

        await().until(() -> witness.stream()
                .anyMatch(chunk -> Boolean.TRUE.equals(chunk.variables().get("last"))));
        assertThat(witness).allMatch(chunk -> chunk.variables().get("side").equals("agent"));
        assertThat(heard).isEmpty();
    }

    // ----------------------------------------------------------------------------------------------------------------

    /** What a new route hears, once it has done its work. */
    private List<Heard> listen(String id, String types, int queueSize, Processor work) {
        List<Heard> heard = new CopyOnWriteArrayList<>();
        kamelets.bean(id, (Processor) exchange -> {
            work.process(exchange);
            heard.add(Heard.of(exchange));
        });
        kamelets.write("test/" + id + ".camel.yaml", """
                - route:
                    id: %1$s
                    from:
                      uri: kamelet:patchbay-call-source
                      parameters:
                        type: "%2$s"
                        queueSize: %3$d
                      steps:
                        - process:
                            ref: %1$s
                """.formatted(id, types, queueSize));
        kamelets.flip();
        return heard;
    }

    /** What a new route hears of calls with this agent: those of other tests may still go on. */
    private List<Heard> tap(String id, String agent, String... parameters) {
        List<Heard> heard = new CopyOnWriteArrayList<>();
        kamelets.bean(id, (Processor) exchange -> {
            if (exchange.getVariable("agent", Agent.class).id().equals(agent)) {
                heard.add(Heard.of(exchange));
            }
        });
        kamelets.write("test/" + id + ".camel.yaml", """
                - route:
                    id: %1$s
                    from:
                      uri: kamelet:patchbay-media-tap-source
                      parameters:
                %2$s
                      steps:
                        - process:
                            ref: %1$s
                """.formatted(
                        id, String.join("\n", parameters).indent(8).stripTrailing()));
        kamelets.flip();
        return heard;
    }

    private static List<Heard> of(List<Heard> heard, String callId) {
        return heard.stream()
                .filter(event -> event.variables().get("callId").equals(callId))
                .toList();
    }

    private static List<Heard> side(List<Heard> heard, String side) {
        return heard.stream()
                .filter(chunk -> chunk.variables().get("side").equals(side))
                .toList();
    }

    /** All chunks in the order of the stream. */
    private static short[] samples(List<Heard> chunks) {
        ByteArrayOutputStream pcm = new ByteArrayOutputStream();
        chunks.stream()
                .sorted(Comparator.comparingLong(
                        chunk -> (Long) chunk.variables().get("at")))
                .forEach(chunk -> pcm.writeBytes((byte[]) chunk.body()));
        short[] samples = new short[pcm.size() / 2];
        ByteBuffer.wrap(pcm.toByteArray())
                .order(ByteOrder.LITTLE_ENDIAN)
                .asShortBuffer()
                .get(samples);
        return samples;
    }

    private static double correlation(BundledSpeech speech, List<Heard> chunks) {
        return CrossCorrelation.find(Arrays.copyOf(speech.wav().samplesAt(16_000), 16_000), samples(chunks))
                .correlation();
    }

    private static CallEvent event(String type) {
        return new CallEvent(Ids.next(), "no-such-call", type, Instant.now(), Map.of());
    }

    private double dropped() {
        return gateway.bean(MeterRegistry.class)
                .get("patchbay.call.events.dropped")
                .functionCounter()
                .count();
    }
}
