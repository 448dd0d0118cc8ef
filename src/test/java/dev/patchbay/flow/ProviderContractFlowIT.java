package dev.patchbay.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.agent.Agent;
import dev.patchbay.agent.AgentLimits;
import dev.patchbay.cli.Commands;
import dev.patchbay.provider.FakeProvider;
import dev.patchbay.provider.FakeProvider.Asked;
import dev.patchbay.provider.FakeProvider.Told;
import dev.patchbay.provider.OpenApiContract;
import dev.patchbay.session.Seeds;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Every request that we send to a provider is one that the provider's own OpenAPI document describes: a gateway outside of
 * the sandbox does all that it can, and what its clients put on the wire is held against the documents.
 */
class ProviderContractFlowIT {

    private static final String TWILIO = "/2010-04-01/Accounts/{AccountSid}";
    private static final String CALL = "CA%032x";
    private static final String NUMBER = "+15550000000";
    private static final String RECORDING = "RE00000000000000000000000000000001";

    /** Where the document of a provider is; OpenAI has none. */
    private static final Map<String, String> DOCUMENTS = Map.of(
            "twilio", "twilio_api_v2010.json",
            "elevenlabs", "elevenlabs_openapi_tryAGI-2026-08.json",
            "retell", "retell_openapi.yaml",
            "daily", "daily_openapi.json");

    private final FakeProvider everybody = new FakeProvider(ProviderContractFlowIT::answer);
    private final Map<String, String> environment = new HashMap<>(Map.of(
            "TWILIO_ACCOUNT_SID", RunningGateway.ACCOUNT,
            "TWILIO_AUTH_TOKEN", RunningGateway.TOKEN,
            "TWILIO_PHONE_NUMBER", NUMBER,
            "ELEVENLABS_API_KEY", "key",
            "ELEVENLABS_AGENT_ID", "agent_1",
            "ELEVENLABS_VOICE_ID", "voice1",
            "RETELL_API_KEY", "key",
            "DAILY_API_KEY", "key",
            "OPENAI_API_KEY", "key"));

    private static int calls;

    /** Plays everybody, well enough to be asked on. */
    private static synchronized Told answer(Asked asked) {
        String target = asked.target();
        if (target.contains("/text-to-speech/") || target.endsWith(".wav")) {
            return new Told(200, target.endsWith(".wav") ? "audio/x-wav" : "audio/mpeg", new byte[] {1, 2, 3});
        }
        if (asked.method().equals("DELETE")) {
            return target.startsWith("/daily") ? Told.json(200, "{\"deleted\":true}") : Told.json(204, "");
        }
        boolean create = asked.method().equals("POST");
        String call = CALL.formatted(create ? ++calls : calls);
        String message = "SM00000000000000000000000000000001";
        JsonObject json = new JsonObject()
                .put("sid", target.contains("/Messages") ? message : call)
                .put("status", "queued")
                .put("call_id", "call_" + call.toLowerCase(Locale.ROOT))
                .put("url", "https://rooms.example.com/r")
                .put("token", "t")
                .put("signed_url", "ws://127.0.0.1:1/agent")
                .put("choices", List.of(Map.of("message", Map.of("content", "Hello"))))
                .put(
                        "incoming_phone_numbers",
                        List.of(Map.of("sid", "PN00000000000000000000000000000001", "phone_number", NUMBER)));
        return Told.json(create ? 201 : 200, json.encode());
    }

    @Test
    void allThatOurClientsSendIsInTheContracts() throws Exception {
        Map<String, OpenApiContract> contracts = DOCUMENTS.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, document -> OpenApiContract.of(document.getValue())));
        for (String provider : List.of("twilio", "elevenlabs", "retell", "daily", "openai")) {
            String variable =
                    provider.equals("openai") ? "OPENAI_BASE_URL" : provider.toUpperCase(Locale.ROOT) + "_API_BASE_URL";
            environment.put(variable, everybody.origin() + "/" + provider);
        }
        Map<String, String> running = new HashMap<>(environment);
        running.put("WEBHOOK_BASE_URL", "http://127.0.0.1:${patchbay.http.port}");
        RunningGateway gateway = RunningGateway.configured(running);
        try {
            messagesAndCalls(gateway);
            voices(gateway);
            aRecording(gateway);
            sessions(gateway);
            agentsThatAreCalled(gateway);
            setUp(gateway);
        } finally {
            gateway.stop();
            everybody.close();
        }

        Set<String> done = new TreeSet<>();
        for (Asked asked : everybody.asked()) {
            String provider = asked.target().split("/")[1];
            OpenApiContract contract = contracts.get(provider);
            if (contract != null) {
                String target = asked.target()
                        .substring(1 + provider.length())
                        // The media of a recording are where its description is, as another type.
                        .replaceFirst("\\.wav$", ".json");
                assertThat(contract.violations(asked.method(), target, asked.contentType(), asked.body()))
                        .as(asked.method() + " " + asked.target() + " " + asked.body())
                        .isEmpty();
                contract.name(asked.method(), target).ifPresent(done::add);
            }
        }
        assertThat(done)
                .as("what was held against the contracts")
                .containsExactlyInAnyOrder(
                        "GET /2010-04-01/Accounts/{Sid}.json",
                        "POST " + TWILIO + "/Messages.json",
                        "GET " + TWILIO + "/Messages/{Sid}.json",
                        "POST " + TWILIO + "/Calls.json",
                        "GET " + TWILIO + "/Calls/{Sid}.json",
                        "POST " + TWILIO + "/Calls/{Sid}.json",
                        "GET " + TWILIO + "/Recordings/{Sid}.json",
                        "DELETE " + TWILIO + "/Recordings/{Sid}.json",
                        "GET " + TWILIO + "/IncomingPhoneNumbers.json",
                        "POST " + TWILIO + "/IncomingPhoneNumbers/{Sid}.json",
                        "GET /v1/user",
                        "POST /v1/text-to-speech/{voice_id}",
                        "GET /v1/convai/conversation/get-signed-url",
                        "GET /get-concurrency",
                        "POST /v2/register-phone-call",
                        "POST /v2/create-phone-call",
                        "GET /rooms",
                        "POST /rooms",
                        "DELETE /rooms/{room_name}",
                        "POST /meeting-tokens");
    }

    private static void messagesAndCalls(RunningGateway gateway) throws Exception {
        done(gateway.postJson("/twilio/sms/send", "{\"to\":\"+12025551234\",\"message\":\"Grüße & 👋\"}"));
        done(gateway.get("/twilio/status/SM00000000000000000000000000000001"));
        done(gateway.postJson("/twilio/voice/message", "{\"to\":\"+12025551234\",\"message\":\"Hello\"}"));
        done(gateway.postJson(
                "/twilio/voice/message",
                "{\"to\":\"+12025551234\",\"message\":\"Hallo\",\"voice\":\"elevenlabs:v1\",\"language\":\"de\"}"));
        done(gateway.postJson(
                "/twilio/voice/call", "{\"to\":\"+12025551234\",\"twiml_url\":\"https://your-server.com/voice.xml\"}"));
        done(gateway.postJson("/voice/orchestrator/speech", "{\"text\":\"Hello\",\"output_format\":\"ulaw_8000\"}"));
        done(gateway.postJson("/voice/orchestrator/chat", "{\"message\":\"Hello\"}"));
        JsonObject call = new JsonObject(done(gateway.postJson(
                "/calls",
                "{\"to\":\"+12025551234\",\"agent\":\"general\",\"context\":{\"order\":\"A-17\"},\"record\":true,"
                        + "\"machine_detection\":true,\"time_limit\":600}")));
        String path = "/calls/" + call.getString("id");
        done(gateway.get("/twilio/status/" + call.getString("call_sid")));
        done(gateway.postJson(path + "/say", "{\"text\":\"One moment\"}"));
        done(gateway.postJson(path + "/transfer", "{\"to\":\"+12025551235\"}"));
        done(gateway.delete(path));
    }

    /** As Twilio gets them, in a document of its own. */
    private void voices(RunningGateway gateway) throws Exception {
        for (String voice : List.of("alice", "man", "woman", "Polly.Joanna-Neural", "Google.en-GB-Standard-A")) {
            done(gateway.postJson(
                    "/twilio/voice/message",
                    new JsonObject()
                            .put("to", "+12025551234")
                            .put("message", "Grüße & <3")
                            .put("voice", voice)
                            .put("language", "en-GB")
                            .encode()));

            Map<String, List<String>> form =
                    new QueryStringDecoder(everybody.last().body(), false).parameters();
            assertThat(form.get("Twiml"))
                    .singleElement()
                    .asString()
                    .contains("voice=\"" + voice + "\"", "language=\"en-GB\"", ">Grüße &amp; &lt;3</Say>");
        }
        done(gateway.postJson("/twilio/voice/message", "{\"to\":\"+12025551234\",\"message\":\"Hello\"}"));
        assertThat(everybody.last().body()).as("seed 001's usual voice").contains("voice%3D%22alice%22");
    }

    private static void aRecording(RunningGateway gateway) throws Exception {
        String callSid = CALL.formatted(0xabc);
        done(gateway.postSigned(
                "/webhooks/twilio",
                Map.of("CallSid", callSid, "RecordingSid", RECORDING, "RecordingStatus", "completed")));
        done(gateway.get("/calls/" + callSid + "/recording"));
        done(gateway.delete("/calls/" + callSid + "/recording"));
    }

    private static void sessions(RunningGateway gateway) throws Exception {
        gateway.agent(
                new Agent("desk", "desk", "retell", null, "agent_1", null, null, null, null, AgentLimits.DEFAULT));
        JsonObject recorded = new JsonObject(Seeds.DAILY);
        recorded.getJsonObject("room_config").put("privacy", "private").put("record", true);
        for (String order : List.of(Seeds.DAILY, recorded.encode(), "{\"provider\":\"daily\"}")) {
            JsonObject session = new JsonObject(done(gateway.postJson("/sessions", order)));
            done(gateway.delete("/sessions/" + session.getString("session_id")));
        }
        done(gateway.postJson("/sessions", Seeds.TWILIO));
        done(gateway.postJson(
                "/sessions/with-config",
                new JsonObject(Seeds.TWILIO)
                        .put("provider", "retell")
                        .put("agent", "desk")
                        .put("config", new JsonObject().put("system_prompt", "Be kind."))
                        .encode()));
    }

    private void agentsThatAreCalled(RunningGateway gateway) throws Exception {
        Map<String, String> call = Map.of("From", RunningGateway.ADA, "To", NUMBER, "CallStatus", "ringing");
        for (String agent : List.of("desk", "general")) {
            Map<String, String> form = new HashMap<>(call);
            form.put("CallSid", CALL.formatted(agent.hashCode()));
            done(gateway.postSigned("/api/webhooks/twilio/" + agent, form));
        }
        await().until(() ->
                everybody.asked().stream().anyMatch(asked -> asked.target().contains("get-signed-url")));
    }

    /** In a process of its own it would be; the environment is that of the gateway. */
    private void setUp(RunningGateway gateway) {
        environment.put("WEBHOOK_BASE_URL", gateway.origin().toString());
        environment.put("PATCHBAY_HTTP_PORT", String.valueOf(gateway.port));
        StringWriter out = new StringWriter();
        for (String[] command : List.of(
                new String[] {"numbers", "set-webhooks", NUMBER, "--base-url", "https://voice.example.com"},
                new String[] {"doctor"})) {
            Commands.run(environment, new PrintWriter(out), new PrintWriter(out), command);
        }
    }

    private static String done(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
        return answer.body();
    }
}
