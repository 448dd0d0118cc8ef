package dev.patchbay.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.sandbox.agent.Conversation;
import dev.patchbay.sandbox.caller.CallRequest;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

/** Agents and customers that somebody keeps over the API take calls, and the calls show in the figures. */
class RecordsFlowIT {

    private static final String GRACE = "+14155550188";

    private final RunningGateway gateway = RunningGateway.shared();

    @Test
    void anImportedCustomerIsAnsweredByACreatedAgentWhoKnowsAllOfIt() throws Exception {
        assertThat(send("POST", "/agents", "application/json", """
                        {"name": "grace-desk", "elevenlabsAgentId": "parrot", "phoneNumber": "+1 555 000 7788"}""").statusCode())
                .isEqualTo(201);
        HttpResponse<String> imported = send("POST", "/customers/import", "text/csv", """
                phone,name,customer_id,emi_eligible,favourite colour
                +1 (415) 555-0188,Grace Example,C-77,no,"green, mostly"
                """);
        assertThat(new JsonObject(imported.body()).getInteger("imported")).isEqualTo(1);

        var report = gateway.call(CallRequest.of(
                GRACE,
                "+15550007788",
                RunningGateway.speech(),
                gateway.origin(),
                RunningGateway.ACCOUNT,
                RunningGateway.TOKEN));

        Conversation conversation = gateway.conversation("parrot");
        assertThat(conversation.init().getJsonObject("dynamic_variables").getMap())
                .containsEntry("name", "Grace Example")
                .containsEntry("customer_id", "C-77")
                .containsEntry("emi_eligible", false)
                .containsEntry("favourite colour", "green, mostly");
        JsonObject call = gateway.record(report.callSid());
        JsonObject analytics = json("/analytics/calls?group_by=agent");
        assertThat(analytics.getJsonArray("groups").stream().map(group -> ((JsonObject) group).getString("key")))
                .contains(call.getString("agent_id"));
        assertThat(json("/agents/grace-desk").getString("id")).isEqualTo(call.getString("agent_id"));
        assertThat(json("/metrics")
                        .getJsonObject("calls")
                        .getJsonObject("by_provider")
                        .fieldNames())
                .contains("elevenlabs");
    }

    @Test
    void prometheusSeesCallsAndRoutesOnTheOperationsPlane() throws Exception {
        gateway.get("/calls");
        int port = gateway.operationsPort();

        String text = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/actuator/prometheus"))
                                .build(),
                        BodyHandlers.ofString())
                .body();

        assertThat(text)
                .contains("patchbay_calls{", "patchbay_media_calls ", "jvm_memory_used_bytes")
                .containsPattern("camel_route_exchanges_total\\{route=\"api-call-list\"} [1-9]")
                .containsPattern("camel_route_exchanges_total\\{route=\"media-caller\"} \\d")
                .contains("camel_route_exchanges_inflight{route=\"call-receive\"}");
        assertThat(gateway.get("/metrics", "Accept", "text/plain").body())
                .contains("patchbay_calls{", "patchbay_media_calls ")
                .doesNotContain("jvm_memory", "camel_route");
        assertThat(gateway.get("/metrics", "X-Forwarded-For", "203.0.113.9").statusCode())
                .isEqualTo(401);
    }

    private JsonObject json(String path) throws Exception {
        HttpResponse<String> answer = gateway.get(path);
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        return new JsonObject(answer.body());
    }

    private HttpResponse<String> send(String method, String path, String contentType, String body) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(gateway.origin().resolve(path))
                                .header("Content-Type", contentType)
                                .method(method, BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofString());
    }
}
