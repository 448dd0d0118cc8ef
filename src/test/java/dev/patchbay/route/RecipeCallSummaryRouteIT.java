package dev.patchbay.route;

import static dev.patchbay.route.RouteScene.agent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.agent.AgentDirectory;
import dev.patchbay.call.Call;
import dev.patchbay.call.CallOutcome;
import dev.patchbay.call.CallStatus;
import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.PatchbayException;
import dev.patchbay.provider.FakeProvider;
import dev.patchbay.provider.FakeProvider.Told;
import dev.patchbay.provider.twilio.TwilioCalls;
import dev.patchbay.recipe.CallSummaries;
import dev.patchbay.store.CallEnd;
import dev.patchbay.store.CallStore;
import dev.patchbay.store.DueList;
import dev.patchbay.store.TranscriptStore;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The routes of {@code recipe-call-summary}: what is told about a call that is over, to a chat and a mailbox. */
class RecipeCallSummaryRouteIT {

    private static final List<String> ASKED = new CopyOnWriteArrayList<>();
    private static final String PASSWORD = "a&b+c=d %/?#e";

    private static FakeProvider chat;
    private static FakeMailServer mail;
    private static RouteScene scene;
    private static volatile boolean modelFails;

    @BeforeAll
    static void start(@TempDir Path dir) {
        chat = new FakeProvider(request -> Told.json(200, "\"ok\""));
        mail = new FakeMailServer();
        scene = scene(dir)
                .recipe("call-summary")
                .setting("patchbay.recipe.call-summary.patience", "0")
                .setting("patchbay.recipe.call-summary.period", "100")
                .setting("patchbay.recipe.call-summary.chat-url", chat.origin().toString())
                .setting("patchbay.recipe.call-summary.chat-path", "/services/T0/B0/secret?token=a%2Bb&x=1")
                .setting("patchbay.recipe.call-summary.mail-to", "team@example.com")
                .setting("patchbay.recipe.call-summary.mail-from", "patchbay@example.com")
                .setting("patchbay.recipe.call-summary.mail-server", mail.address())
                .setting("patchbay.recipe.call-summary.mail-user", "ada@example.com")
                .setting("patchbay.recipe.call-summary.mail-password", PASSWORD)
                .start();
    }

    private static RouteScene scene(Path dir) {
        RouteScene made = new RouteScene(
                        dir,
                        "recipe-call-summary",
                        "recipe-call-summary-run",
                        "recipe-call-summary-tell",
                        "recipe-call-summary-write",
                        "recipe-call-summary-ask",
                        "recipe-call-summary-chat",
                        "recipe-call-summary-mail",
                        "error-default")
                .withCalls()
                .withHttp()
                .withSources()
                .with(agent("reception"))
                .played("chat-answer", RecipeCallSummaryRouteIT::model);
        return made.lazily(
                "callSummaries",
                CallSummaries.class,
                () -> new CallSummaries(
                        made.bean(CallStore.class),
                        made.bean(TranscriptStore.class),
                        made.bean(AgentDirectory.class),
                        made.bean(DueList.class),
                        Clock.systemUTC()));
    }

    @AfterAll
    static void close() throws Exception {
        scene.close();
        chat.close();
        mail.close();
    }

    @AfterEach
    void mend() {
        chat.answers(request -> Told.json(200, "\"ok\""));
        modelFails = false;
    }

    private static void model(Exchange exchange) {
        ASKED.add(String.valueOf(exchange.getVariable("message")));
        if (modelFails) {
            throw new PatchbayException(ErrorCategory.UNAVAILABLE, "openai", "OpenAI not configured");
        }
        exchange.setVariable("responseText", "Ada wants <b>a refund</b> & gets it.");
    }

    /** A call by Ada that is over. */
    private static Call ended(RouteScene of, @Nullable String agentId, Map<String, Object> analysis, String... said) {
        CallStore calls = of.bean(CallStore.class);
        String id = of.bean(TwilioCalls.class)
                .received(Map.of(
                        "CallSid",
                        "CA" + UUID.randomUUID().toString().replace("-", ""),
                        "CallStatus",
                        "ringing",
                        "From",
                        "+14155550123",
                        "To",
                        "+15550000001"))
                .id();
        calls.advance(id, CallStatus.IN_PROGRESS, Instant.now());
        if (agentId != null) {
            calls.assign(id, "echo", agentId);
        }
        for (int i = 0; i < said.length; i++) {
            of.bean(TranscriptStore.class)
                    .append(
                            id,
                            i % 2 == 0 ? "agent" : "user",
                            said[i],
                            Instant.now().plusMillis(i));
        }
        if (!analysis.isEmpty()) {
            calls.outcome(id, new CallOutcome(null, analysis), null, null);
        }
        calls.complete(id, new CallEnd(CallStatus.COMPLETED, Instant.now(), 192, "caller", null));
        return calls.find(id).orElseThrow();
    }

    private static List<String> posted(Call call) {
        return chat.asked().stream()
                .map(request -> new JsonObject(request.body()).getString("text"))
                .filter(text -> text.contains(call.id()))
                .toList();
    }

    private static List<String> mailed(Call call) {
        return mail.messages().stream().filter(text -> text.contains(call.id())).toList();
    }

    private static void awaitBoth(Call call) {
        await().until(() -> !posted(call).isEmpty() && !mailed(call).isEmpty());
    }

    private static List<String> asked(String words) {
        return ASKED.stream().filter(text -> text.contains(words)).toList();
    }

    @Test
    void whatTheAgentsProviderWroteIsToldToTheChatAndTheMailbox() {
        Call call = ended(
                scene, "reception", Map.of("transcript_summary", "Ada asked for the opening hours."), "Nine to five.");

        awaitBoth(call);
        assertThat(chat.last().method()).isEqualTo("POST");
        assertThat(chat.last().target()).isEqualTo("/services/T0/B0/secret?token=a%2Bb&x=1");
        assertThat(chat.last().contentType()).startsWith("application/json");
        assertThat(posted(call)).containsExactly("""
                        Call from +14155550123, agent reception: completed after 3:12 min, ended by the caller.
                        Ada asked for the opening hours.
                        (call %s)""".formatted(call.id()));
        assertThat(mailed(call)).singleElement().satisfies(text -> assertThat(text)
                .contains("MAIL FROM:<patchbay@example.com>", "RCPT TO:<team@example.com>")
                .contains("Subject: Call " + call.id(), "Ada asked for the opening hours."));
        assertThat(mail.logins()).contains("ada@example.com:ada@example.com:" + PASSWORD);
        assertThat(asked("Nine to five.")).isEmpty();
        Call second = ended(scene, "reception", Map.of("call_summary", "Ben said goodbye."));
        awaitBoth(second);
        assertThat(posted(second).get(0)).contains("Ben said goodbye.");
    }

    @Test
    void withoutThatTheLanguageModelReadsTheTranscript() {
        Call call = ended(scene, "reception", Map.of(), "Hello.", "I want ${body} back.", "Gladly.");

        awaitBoth(call);
        assertThat(asked("I want")).allSatisfy(text -> assertThat(text)
                .startsWith("Sum up this phone call")
                .endsWith("agent: Hello.\nuser: I want ${body} back.\nagent: Gladly."));
        assertThat(posted(call).get(0))
                .as("nothing in it is markup")
                .contains("Ada wants &lt;b&gt;a refund&lt;/b&gt; &amp; gets it.");
        assertThat(mailed(call).get(0)).contains("Ada wants <b>a refund</b> & gets it.");
    }

    @Test
    void withoutAModelTheFactsMustDo() {
        modelFails = true;

        Call call = ended(scene, "reception", Map.of(), "The model is down.");

        awaitBoth(call);
        assertThat(asked("The model is down.")).isNotEmpty();
        assertThat(posted(call).get(0)).contains("agent reception", "There is no summary.");
    }

    @Test
    void aCallThatNoAgentHadIsNotSummedUp() {
        Call nobodys = ended(scene, null, Map.of());
        Call call = ended(scene, "reception", Map.of());

        awaitBoth(call);
        assertThat(posted(nobodys)).isEmpty();
        assertThat(mailed(nobodys)).isEmpty();
    }

    @Test
    void aChatThatFailsDoesNotKeepTheMailBackAndIsAskedAgainLater() {
        chat.answers(request -> Told.json(500, "{}"));

        Call call = ended(scene, "reception", Map.of());

        awaitBoth(call);
        assertThat(mailed(call)).hasSize(1);
        assertThat(scene.bean(DueList.class).take(Instant.now().plusSeconds(61), Duration.ZERO))
                .hasValueSatisfying(due -> {
                    assertThat(due.what()).isEqualTo("chat/" + call.id());
                    assertThat(due.attempt()).isEqualTo(2);
                    scene.bean(DueList.class).done(due);
                });
    }

    @Test
    void whoHasNoMailServerAndNoLoginNeedsNone(@TempDir Path dir) throws Exception {
        try (FakeMailServer open = new FakeMailServer();
                RouteScene other = scene(dir)
                        .recipe("call-summary")
                        .setting("patchbay.recipe.call-summary.patience", "0")
                        .setting("patchbay.recipe.call-summary.period", "100")
                        .setting("patchbay.recipe.call-summary.mail-to", "team@example.com")
                        .setting("patchbay.recipe.call-summary.mail-server", open.address())
                        .start()) {
            int before = chat.asked().size();

            Call call = ended(other, "reception", Map.of());

            await().until(() -> !open.messages().isEmpty());
            assertThat(open.messages().get(0)).contains(call.id());
            assertThat(open.logins()).isEmpty();
            assertThat(chat.asked()).hasSize(before);
        }
    }

    @Test
    void offItIsNotThere(@TempDir Path dir) throws Exception {
        try (RouteScene off = scene(dir).start()) {
            ended(off, "reception", Map.of());

            Exchange done = off.send("chat-answer", Map.of("message", "off"));
            assertThat(done.getContext().getRoute("recipe-call-summary")).isNull();
            assertThat(done.getContext().getRoute("recipe-call-summary-run")).isNull();
            assertThat(off.bean(DueList.class).take(Instant.now().plusSeconds(600), Duration.ZERO))
                    .isEmpty();
        }
    }
}
