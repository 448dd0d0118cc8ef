package dev.patchbay.flow;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.patchbay.route.CallPaths;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Whoever is on call wants to know why one call goes where it goes. */
class CallPathFlowIT {

    private static final String WATCHED = "CA00000000000000000000000000ca11a1";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static RunningGateway gateway;

    @BeforeAll
    static void start() {
        gateway = RunningGateway.shared();
    }

    private static HttpResponse<String> ask(String method, String path, String body) throws Exception {
        URI url = URI.create("http://127.0.0.1:" + gateway.operationsPort() + "/actuator/callpaths" + path);
        return HTTP.send(
                HttpRequest.newBuilder(url)
                        .header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private static void answered(String callSid) throws Exception {
        Map<String, String> form = Map.of(
                "CallSid",
                callSid,
                "AccountSid",
                RunningGateway.ACCOUNT,
                "From",
                RunningGateway.ADA,
                "To",
                "+15550000000",
                "CallStatus",
                "ringing",
                "Direction",
                "inbound");
        assertThat(gateway.postSigned("/twilio/incoming-call", form).body()).contains("<Stream");
    }

    @Test
    void itsWayThroughTheRoutesIsLogged() throws Exception {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Logger logger = (Logger) LoggerFactory.getLogger(CallPaths.class);
        logger.addAppender(log);
        try {
            assertThat(ask("POST", "/" + WATCHED, "{\"minutes\": 5}").statusCode())
                    .isEqualTo(200);
            assertThat(ask("GET", "", "").body()).contains(WATCHED);

            answered(WATCHED);
            answered(WATCHED.replace('1', '2'));

            List<String> lines =
                    log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
            assertThat(lines)
                    .allMatch(line -> line.startsWith("Call " + WATCHED))
                    .noneMatch(line -> line.contains("+1"))
                    .contains(
                            "Call " + WATCHED + " > twilio-call-webhook",
                            "Call " + WATCHED + " > call-receive",
                            "Call " + WATCHED + "   call-receive: to call-receive-answer",
                            "Call " + WATCHED + " > agent-select",
                            "Call " + WATCHED + " < twilio-call-webhook");
            assertThat(ask("DELETE", "/" + WATCHED, "").statusCode()).isEqualTo(204);
            assertThat(ask("DELETE", "/" + WATCHED, "").statusCode()).isEqualTo(404);
            assertThat(ask("GET", "", "").body()).doesNotContain(WATCHED);
        } finally {
            logger.detachAppender(log);
        }
    }

    @Test
    void forHowLongIsBounded() throws Exception {
        HttpResponse<String> answer = ask("POST", "/" + WATCHED, "{\"minutes\": 100000}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).doesNotContain("\tat ");
    }
}
