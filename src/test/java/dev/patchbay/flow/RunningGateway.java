package dev.patchbay.flow;

import dev.patchbay.PatchbayApplication;
import dev.patchbay.agent.Agent;
import dev.patchbay.agent.AgentLimits;
import dev.patchbay.provider.retell.RetellSignature;
import dev.patchbay.provider.twilio.TwilioSignature;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static RunningGateway running;

    final int port;
    private final ConfigurableApplicationContext context;

    private RunningGateway(String profile, List<String> settings) {
        port = freePort();
        List<String> arguments = new ArrayList<>(List.of(
                "--spring.profiles.active=" + profile,
                "--patchbay.http.port=" + port,
                "--patchbay.http.host=127.0.0.1",
                "--patchbay.http.rate-limit=1000000", // the tests are one caller, and in a hurry
                "--server.port=0",
                "--patchbay.store.data-dir=" + temporaryFolder(),
                "--patchbay.sandbox.demonstration=false",
                "--patchbay.media.stall=1500ms",
                "--patchbay.media.completion-grace=1s"));
        arguments.addAll(settings);
        context = new SpringApplicationBuilder(PatchbayApplication.class).run(arguments.toArray(String[]::new));
    }

    /** The gateway that all tests share. */
    static synchronized RunningGateway shared() {
        if (running == null) {
            running = new RunningGateway("sandbox", List.of());
            Runtime.getRuntime().addShutdownHook(new Thread(running::stop));
        }
        return running;
    }

    /** One of one's own, with other settings; to be stopped. */
    static RunningGateway with(String... settings) {
        return new RunningGateway("sandbox", List.of(settings));
    }

    /**
     * One of one's own outside the sandbox: nobody plays the providers but whom the variables name. Its public URL is its own,
     * and its callers sign with {@link #TOKEN}. To be stopped.
     */
    static RunningGateway outsideTheSandbox(String... settings) {
        return new RunningGateway(
                "default",
                Stream.concat(
                                Stream.of(
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

    /** A call to the door of one agent. */
    CallRequest requestTo(String agent) {
        return request().to("/api/webhooks/twilio/" + agent);
    }

    static CallerAudio speech() {
        return CallerAudio.of(BundledSpeech.CALLER.wav());
    }

    CallReport call(CallRequest request) throws Exception {
        return bean(SandboxCaller.class)
                .call(request)
                .toCompletionStage()
                .toCompletableFuture()
                .get(60, TimeUnit.SECONDS);
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
    HttpResponse<String> postSigned(String path, Map<String, String> form) throws Exception {
        String signature = new TwilioSignature(TOKEN).signForm(origin() + path, form.entrySet());
        String body = form.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        return postForm(path, body, "X-Twilio-Signature", signature);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** The call's record as the REST API shows it. */
    JsonObject record(String callSid) throws Exception {
        return new JsonObject(get("/calls/" + callSid).body());
    }

    List<String> eventTypes(String callSid) throws Exception {
        return new JsonObject(get("/calls/" + callSid + "/events?limit=200").body())
                .getJsonArray("events").stream()
                        .map(event -> ((JsonObject) event).getString("type"))
                        .toList();
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
