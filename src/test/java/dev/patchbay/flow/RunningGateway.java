package dev.patchbay.flow;

import static org.awaitility.Awaitility.await;

import dev.patchbay.PatchbayApplication;
import dev.patchbay.agent.Agent;
import dev.patchbay.agent.AgentLimits;
import dev.patchbay.provider.FakeProvider;
import dev.patchbay.provider.retell.RetellSignature;
import dev.patchbay.provider.twilio.TwilioSignature;
import dev.patchbay.recipe.FakeKafka;
import dev.patchbay.route.Routes;
import dev.patchbay.route.check.RouteFolder;
import dev.patchbay.sandbox.agent.AgentSimulator;
import dev.patchbay.sandbox.agent.Conversation;
import dev.patchbay.sandbox.caller.CallReport;
import dev.patchbay.sandbox.caller.CallRequest;
import dev.patchbay.sandbox.caller.CallerAudio;
import dev.patchbay.sandbox.caller.CallerBehaviour;
import dev.patchbay.sandbox.caller.SandboxCaller;
import dev.patchbay.sandbox.speech.BundledSpeech;
import dev.patchbay.store.AgentStore;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The whole gateway, mostly in profile sandbox, on free ports and an empty store: started once for all flow tests of a
 * JVM. Its patience is shorter than in production, so that the failures take seconds.
 */
final class RunningGateway {

    static final String ACCOUNT = "AC00000000000000000000000000000000";
    static final String TOKEN = "sandbox-auth-token";
    static final String ADA = "+14155550123";
    static final String BOSS = "+14155550190";
    static final String REPLY = "Thank you, we call back. <3 👋";

    /** What may be set on the machine that runs the tests, and must not hold for them. */
    private static final List<String> VARIABLES = List.of(
            "WEBHOOK_BASE_URL",
            "PATCHBAY_API_KEYS",
            "MONGODB_URI",
            "OTEL_EXPORTER_OTLP_ENDPOINT",
            "TWILIO_ACCOUNT_SID",
            "TWILIO_AUTH_TOKEN",
            "TWILIO_PHONE_NUMBER",
            "TWILIO_STATIC_PHONE_NUMBER",
            "TWILIO_WEBHOOK_URL",
            "ELEVENLABS_API_KEY",
            "ELEVENLABS_AGENT_ID",
            "ELEVENLABS_VOICE_ID",
            "ELEVENLABS_WEBHOOK_SECRET",
            "OPENAI_API_KEY",
            "RETELL_API_KEY",
            "DAILY_API_KEY",
            "DAILY_WEBHOOK_SECRET");

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    /** Recipes that one gateway can show side by side. */
    private static final List<String> RECIPES = List.of(
            "business-hours",
            "caller-language",
            "number-table",
            "vip-first",
            "ivr-menu",
            "transfer",
            "call-queue",
            "conference",
            "campaign",
            "voicemail",
            "missed-call",
            "recording-consent",
            "alert-call",
            "command-sms",
            "call-summary",
            "kafka-events");

    /** The broker that the recipe kafka-events sends to. */
    static final FakeKafka KAFKA = new FakeKafka();

    /** The system that the recipe alert-call watches: well, until a test says otherwise. */
    static final FakeProvider WATCHED = new FakeProvider(asked -> FakeProvider.Told.json(200, "{}"));

    private static RunningGateway running;
    private static RunningGateway withRecipes;
    private static RunningGateway strict;

    final int port;
    private final ConfigurableApplicationContext context;

    private RunningGateway(List<String> settings) {
        this(settings, RunningGateway.class.getClassLoader());
    }

    private RunningGateway(List<String> settings, ClassLoader classes) {
        port = freePort();
        Map<String, String> arguments = new LinkedHashMap<>(Map.of(
                "--patchbay.http.port", String.valueOf(port),
                "--patchbay.http.rate-limit", "1000000", // the tests are one caller, and in a hurry
                "--server.port", "0",
                "--patchbay.store.data-dir", temporaryFolder().toString(),
                "--patchbay.media.stall", "1500ms",
                "--patchbay.media.completion-grace", "1s"));
        for (String setting : settings) {
            String[] named = setting.split("=", 2);
            arguments.put(named[0], named[1]);
        }
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(classes); // where Spring looks for components
        try {
            context = new SpringApplicationBuilder(PatchbayApplication.class)
                    .run(arguments.entrySet().stream()
                            .map(argument -> argument.getKey() + "=" + argument.getValue())
                            .toArray(String[]::new));
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** The gateway that all tests share. */
    static synchronized RunningGateway shared() {
        if (running == null) {
            running = with();
            Runtime.getRuntime().addShutdownHook(new Thread(running::stop));
        }
        return running;
    }

    /** The gateway that all tests of recipes share: there they are on. */
    static synchronized RunningGateway withRecipes() {
        if (withRecipes == null) {
            List<String> settings = new ArrayList<>(List.of(
                    "--patchbay.recording.calls=on-consent",
                    "--patchbay.recipe.alert-call.url=" + WATCHED.origin(),
                    "--patchbay.recipe.alert-call.schedule=* * * * * ?",
                    "--patchbay.recipe.kafka-events.brokers=" + KAFKA.address(),
                    "--patchbay.recipe.call-summary.patience=0",
                    "--patchbay.recipe.call-summary.period=500"));
            RECIPES.forEach(recipe -> settings.add("--patchbay.recipe." + recipe + ".enabled=true"));
            withRecipes = with(settings.toArray(String[]::new));
            Runtime.getRuntime().addShutdownHook(new Thread(withRecipes::stop));
        }
        return withRecipes;
    }

    /**
     * Another one that tests share: it records every call and keeps that for a week, answers messages and forwards them to
     * {@link #BOSS}.
     */
    static synchronized RunningGateway strict() {
        if (strict == null) {
            strict = with(
                    "--patchbay.recording.calls=on",
                    "--patchbay.recording.days=7",
                    "--patchbay.messages.reply=" + REPLY,
                    "--patchbay.messages.forward-to=" + BOSS);
            Runtime.getRuntime().addShutdownHook(new Thread(strict::stop));
        }
        return strict;
    }

    /** One of one's own, with other settings; to be stopped. */
    static RunningGateway with(String... settings) {
        return with(RunningGateway.class.getClassLoader(), settings);
    }

    /** @param classes the gateway's own, and what somebody has added to them */
    static RunningGateway with(ClassLoader classes, String... settings) {
        List<String> arguments =
                new ArrayList<>(List.of("--spring.profiles.active=sandbox", "--patchbay.sandbox.demonstration=false"));
        arguments.addAll(List.of(settings));
        return new RunningGateway(arguments, classes);
    }

    /**
     * One outside of the sandbox, for which nothing is set but these variables; to be stopped.
     *
     * @param set the environment, as far as it matters
     */
    static RunningGateway configured(Map<String, String> set) {
        Map<String, String> environment = new LinkedHashMap<>();
        VARIABLES.forEach(variable -> environment.put(variable, ""));
        environment.putAll(set);
        List<String> arguments = new ArrayList<>(List.of("--patchbay.http.host=127.0.0.1"));
        environment.forEach((variable, value) -> arguments.add("--" + variable + "=" + value));
        return new RunningGateway(arguments);
    }

    /**
     * One of one's own outside the sandbox: nobody plays the providers but whom the variables name. Its public URL is its own,
     * and its callers sign with {@link #TOKEN}. To be stopped.
     */
    static RunningGateway outsideTheSandbox(String... settings) {
        return new RunningGateway(Stream.concat(
                        Stream.of(
                                "--patchbay.http.host=127.0.0.1",
                                "--WEBHOOK_BASE_URL=http://127.0.0.1:${patchbay.http.port}",
                                "--PATCHBAY_API_KEYS=",
                                "--MONGODB_URI=",
                                "--TWILIO_WEBHOOK_URL=",
                                "--TWILIO_ACCOUNT_SID=" + ACCOUNT,
                                "--TWILIO_AUTH_TOKEN=" + TOKEN,
                                "--TWILIO_PHONE_NUMBER=+15550000000"),
                        Stream.of(settings))
                .toList());
    }

    /** The routes once more, in a new generation, as an edit brings one. */
    void flip() {
        boolean sandbox = context.getEnvironment().matchesProfiles("sandbox");
        bean(Routes.class).flip(new RouteFolder(Path.of("routes"), sandbox).read());
    }

    void stop() {
        context.close();
    }

    ConfigurableApplicationContext context() {
        return context;
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** An agent of ElevenLabs' side of the sandbox, such as {@code parrot} or {@code flaky-drop}; its name is its id. */
    Agent agent(String id, String elevenLabsAgentId) {
        return agent(
                new Agent(id, id, "elevenlabs", null, null, elevenLabsAgentId, null, null, null, AgentLimits.DEFAULT));
    }

    Agent agent(Agent agent) {
        bean(AgentStore.class).save(agent);
        return agent;
    }

    URI origin() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** A call by Ada with the bundled speech to the usual door. */
    CallRequest request() {
        return CallRequest.of(ADA, "+15550009999", speech(), origin(), ACCOUNT, TOKEN);
    }

    /** A call with the bundled speech to the usual door; who calls hangs up soon. */
    CallRequest request(String from, String to) {
        return CallRequest.of(from, to, speech(), origin(), ACCOUNT, TOKEN)
                .with(CallerBehaviour.DEFAULT.hangingUpAfter(Duration.ofMillis(500)));
    }

    /** A call to the door of one agent. */
    CallRequest requestTo(String agent) {
        return request().to("/api/webhooks/twilio/" + agent);
    }

    static CallerAudio speech() {
        return CallerAudio.of(BundledSpeech.CALLER.wav());
    }

    CallReport call(CallRequest request) throws Exception {
        return begin(request).get(60, TimeUnit.SECONDS);
    }

    /** Places a call; its report comes when it is over. */
    CompletableFuture<CallReport> begin(CallRequest request) {
        return bean(SandboxCaller.class).call(request).toCompletionStage().toCompletableFuture();
    }

    /** The record of the call that talks to this agent now, once both are there. */
    JsonObject talking(String agentId, String elevenLabsAgentId) throws Exception {
        await().until(() -> conversations(elevenLabsAgentId) > 0
                && conversation(elevenLabsAgentId).audioChunks() > 0
                && live(agentId).isPresent());
        return live(agentId).orElseThrow();
    }

    private Optional<JsonObject> live(String agentId) throws Exception {
        return new JsonObject(get("/calls?limit=50").body())
                .getJsonArray("calls").stream()
                        .map(JsonObject.class::cast)
                        .filter(call -> agentId.equals(call.getString("agent_id"))
                                && "in-progress".equals(call.getString("status")))
                        .findFirst();
    }

    /** A phone writes to our number; what came back, {@code {sid, replies}}. */
    JsonObject text(String from, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(operations("/sandbox/messages"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(new JsonObject()
                        .put("from", from)
                        .put("to", "+15550000000")
                        .put("body", body)
                        .encode()))
                .build();
        HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new AssertionError(answer.body());
        }
        return new JsonObject(answer.body());
    }

    /** How a call that the gateway placed went for whoever was called, once it is over. */
    JsonObject report(String callSid) {
        Callable<Optional<JsonObject>> search = () -> new JsonObject(HTTP.send(
                                HttpRequest.newBuilder(operations("/sandbox/calls"))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .body())
                .getJsonArray("calls").stream()
                        .map(JsonObject.class::cast)
                        .filter(report -> callSid.equals(report.getString("call_sid")))
                        .findFirst();
        return await().until(search, Optional::isPresent).orElseThrow();
    }

    private URI operations(String path) {
        return URI.create("http://127.0.0.1:" + operationsPort() + path);
    }

    int operationsPort() {
        return Integer.parseInt(String.valueOf(context.getEnvironment().getProperty("local.server.port")));
    }

    CallReport call(CallRequest request, CallerBehaviour behaviour) throws Exception {
        return call(request.with(behaviour));
    }

    /** The conversation that the sandbox's agent had last with a call that carried this variable. */
    Conversation conversation(String agentId) {
        List<Conversation> all = bean(AgentSimulator.class).conversations();
        return all.stream()
                .filter(conversation -> conversation.agentId().equals(agentId))
                .reduce((first, second) -> second)
                .orElseThrow(() -> new AssertionError("No conversation with " + agentId));
    }

    long conversations(String agentId) {
        return bean(AgentSimulator.class).conversations().stream()
                .filter(conversation -> conversation.agentId().equals(agentId))
                .count();
    }

    HttpResponse<String> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(origin().resolve(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<byte[]> getBytes(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(origin().resolve(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    HttpResponse<String> postForm(String path, String form, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(origin().resolve(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> postJson(String path, byte[] body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(origin().resolve(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> postJson(String path, String json, String... headers) throws Exception {
        return send("POST", path, json, headers);
    }

    HttpResponse<String> send(String method, String path, String json, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(origin().resolve(path))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(json));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> delete(String path, String... headers) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(origin().resolve(path)).DELETE();
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> postSignedByRetell(JsonObject event) throws Exception {
        byte[] body = event.encode().getBytes(StandardCharsets.UTF_8);
        return postJson(
                "/webhooks/retell",
                body,
                RetellSignature.HEADER,
                new RetellSignature("sandbox-retell-key").sign(body, Instant.now()));
    }

    /** Posts a form as Twilio does. */
    HttpResponse<String> postSigned(String path, Map<String, String> form, String... headers) throws Exception {
        String signature = new TwilioSignature(TOKEN).signForm(origin() + path, form.entrySet());
        String body = form.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        return postForm(
                path,
                body,
                Stream.concat(Stream.of("X-Twilio-Signature", signature), Stream.of(headers))
                        .toArray(String[]::new));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** The call's record as the REST API shows it. */
    JsonObject record(String callSid) throws Exception {
        return new JsonObject(get("/calls/" + callSid).body());
    }

    List<String> eventTypes(String callSid) throws Exception {
        return events(callSid).stream().map(event -> event.getString("type")).toList();
    }

    /** What is told of the events of this type, in order. */
    List<JsonObject> eventData(String callSid, String type) throws Exception {
        return events(callSid).stream()
                .filter(event -> type.equals(event.getString("type")))
                .map(event -> event.getJsonObject("data"))
                .toList();
    }

    private List<JsonObject> events(String callSid) throws Exception {
        return new JsonObject(get("/calls/" + callSid + "/events?limit=200").body())
                .getJsonArray("events").stream().map(JsonObject.class::cast).toList();
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("patchbay");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
