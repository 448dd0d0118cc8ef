package dev.patchbay.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.http.openapi.ApiEditions;
import dev.patchbay.provider.twilio.TwilioSignature;
import dev.patchbay.route.GatewayBeans;
import dev.patchbay.route.PatchbayRoutesException;
import dev.patchbay.route.Routes;
import dev.patchbay.route.check.RouteFolder;
import dev.patchbay.route.check.RouteSources;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The public plane as a stranger, a provider and an engineer meet it. */
class PublicPlaneFlowIT {

    private final RunningGateway gateway = RunningGateway.shared();

    @Test
    void healthIsOpenAndKeepsReasonsToItself() throws Exception {
        HttpResponse<String> answer = gateway.get("/health", "X-Forwarded-For", "203.0.113.9");

        assertThat(answer.statusCode()).isEqualTo(200);
        JsonObject health = new JsonObject(answer.body());
        assertThat(health.getString("status")).isEqualTo("ok");
        assertThat(health.getString("store")).isEqualTo("up");
        assertThat(health.getJsonObject("providers").fieldNames()).contains("twilio", "elevenlabs");
    }

    @Test
    void withoutKeysTheApiIsForThisMachineOnly() throws Exception {
        assertThat(gateway.get("/calls").statusCode()).isEqualTo(200);

        HttpResponse<String> tunnelled = gateway.get("/calls", "X-Forwarded-For", "203.0.113.9");
        assertThat(tunnelled.statusCode()).isEqualTo(401);
        assertThat(tunnelled.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(new JsonObject(tunnelled.body()).getString("detail")).contains("PATCHBAY_API_KEYS");
        assertThat(gateway.get("/calls", "Origin", "http://localhost").statusCode())
                .isEqualTo(401);
    }

    @Test
    void anUnsignedWebhookIsForbiddenAndNoRouteRuns() throws Exception {
        String form = "CallSid=CAffffffffffffffffffffffffffffffff&From=%2B14155550123&To=%2B15550000001";

        for (String path : new String[] {"/twilio/incoming-call", "/webhook/voice", "/webhooks/twilio"}) {
            assertThat(gateway.postForm(path, form).statusCode()).isEqualTo(403);
            assertThat(gateway.postForm(path, form, "X-Twilio-Signature", "AAAA")
                            .statusCode())
                    .isEqualTo(403);
        }
        assertThat(gateway.get("/calls/CAffffffffffffffffffffffffffffffff").statusCode())
                .isEqualTo(404);
    }

    @Test
    void aHeaderDoesNotPassForAFieldAndAFieldDoesNotComeBackAsAHeader() throws Exception {
        String sid = "CAeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee";
        Map<String, String> form = Map.of("CallSid", sid, "From", "anonymous", "Set-Cookie", "a=b", "To", "x");
        HttpResponse<String> answer = gateway.postForm(
                "/twilio/incoming-call",
                "CallSid=" + sid + "&From=anonymous&Set-Cookie=a%3Db&To=x",
                "X-Twilio-Signature",
                new TwilioSignature(RunningGateway.TOKEN)
                        .signForm(gateway.origin() + "/twilio/incoming-call", form.entrySet()),
                "From",
                "+19999999999");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/xml");
        assertThat(answer.headers().map()).doesNotContainKey("set-cookie");
        assertThat(gateway.record(sid).getString("from")).isEqualTo("anonymous");
    }

    @Test
    void errorsAreProblemsAndNameTheField() throws Exception {
        assertProblem(gateway.get("/calls/nobody"), 404, "nobody");
        assertProblem(gateway.get("/calls?limit=many"), 400, "limit");
        assertProblem(gateway.get("/nothing-here"), 404, "");
        assertProblem(gateway.postForm("/messages", "a=b"), 405, "");
        assertProblem(gateway.postForm("/calls", "a=b"), 415, "application/json");
    }

    @Test
    void nothingOfTheOperationsPlaneIsHere() throws Exception {
        for (String path : new String[] {"/actuator", "/actuator/health", "/actuator/hawtio", "/sandbox/calls"}) {
            assertThat(gateway.get(path).statusCode()).as(path).isEqualTo(404);
        }
    }

    @Test
    void statusEventsGoForwardOnlyAndMayComeTwice() throws Exception {
        String sid = "CAdddddddddddddddddddddddddddddddd";
        for (String status : new String[] {"initiated", "completed", "ringing", "completed", "in-progress"}) {
            assertThat(statusEvent(sid, status, "/webhooks/twilio").statusCode())
                    .isEqualTo(200);
        }

        assertThat(gateway.record(sid).getString("status")).isEqualTo("completed");
        assertThat(gateway.record(sid).getInteger("duration")).isEqualTo(7);
        assertThat(gateway.eventTypes(sid)).containsExactly("call-received", "call-status");
    }

    @Test
    void aStatusEventAtTheVoiceDoorIsOneAllTheSame() throws Exception {
        String sid = "CAcccccccccccccccccccccccccccccccc";

        HttpResponse<String> answer = statusEvent(sid, "no-answer", "/twilio/incoming-call");

        assertThat(answer.body()).contains("<Response/>");
        assertThat(gateway.record(sid).getString("status")).isEqualTo("no-answer");
    }

    @Test
    void anAgentThatNobodyKnowsIsAnApologyAndARecord() throws Exception {
        var report = gateway.call(gateway.requestTo("no-such-agent"));

        assertThat(report.verbs()).containsExactly("Say", "Hangup");
        assertThat(gateway.record(report.callSid()).getString("error")).contains("Agent not found");
    }

    @Test
    void swappingTheRoutesUnderTrafficLosesNothing() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        AtomicInteger asked = new AtomicInteger();
        CompletableFuture<Integer> wrong = CompletableFuture.supplyAsync(() -> {
            int failures = 0;
            try {
                while (!done.get()) {
                    asked.incrementAndGet();
                    if (gateway.get("/calls?limit=1").statusCode() != 200) {
                        failures++;
                    }
                }
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            return failures;
        });
        for (int i = 0; i < 10; i++) {
            gateway.flip();
        }
        done.set(true);

        assertThat(wrong.get()).isZero();
        assertThat(asked).hasPositiveValue();
    }

    @Test
    void anEntryThatDoesNotSayWhoMayCallItDoesNotStart(@TempDir Path dir) throws Exception {
        Files.writeString(dir.resolve("open-webhook.camel.yaml"), """
                - route:
                    id: open-webhook
                    from:
                      uri: platform-http:/open
                      steps:
                        - setBody:
                            constant: open
                """);
        Routes routes = new Routes(
                GatewayBeans.of(gateway.context()), gateway.bean(Vertx.class), gateway.bean(ApiEditions.class));
        RouteSources sources = new RouteFolder(dir, false).read();

        assertThatThrownBy(() -> routes.flip(sources))
                .isInstanceOf(PatchbayRoutesException.class)
                .hasMessageContaining("open-webhook")
                .hasMessageContaining("routePolicy");
        assertThat(routes.isRunning()).isFalse();
    }

    private HttpResponse<String> statusEvent(String sid, String status, String path) throws Exception {
        Map<String, String> form = Map.of(
                "CallSid", sid, "CallStatus", status, "CallbackSource", "call-progress-events", "CallDuration", "7");
        return gateway.postForm(
                path,
                "CallSid=" + sid + "&CallStatus=" + status + "&CallbackSource=call-progress-events&CallDuration=7",
                "X-Twilio-Signature",
                new TwilioSignature(RunningGateway.TOKEN).signForm(gateway.origin() + path, form.entrySet()));
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String detail) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(new JsonObject(answer.body()).getString("detail")).contains(detail);
    }
}
