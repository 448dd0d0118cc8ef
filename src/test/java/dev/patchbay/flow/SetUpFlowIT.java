package dev.patchbay.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.cli.Commands;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Seed 002: the set-up is checked, the number pointed here, and checked again. */
class SetUpFlowIT {

    private static final String NUMBER = "+15550000000";

    private final RunningGateway gateway = RunningGateway.shared();

    @Test
    void aNumberThatPointsElsewhereIsFoundSetAndFoundInOrder() {
        assertThat(numbers(doctor(1)).toString()).contains("demo.twilio.com");

        String set = run(
                0,
                "numbers",
                "set-webhooks",
                NUMBER,
                "--base-url",
                gateway.origin().toString());
        assertThat(set).contains(gateway.origin() + "/twilio/incoming-call");

        JsonObject report = doctor(0);
        assertThat(report.getBoolean("ok")).isTrue();
        assertThat(report.getJsonArray("findings").stream()
                        .map(JsonObject.class::cast)
                        .filter(finding -> !finding.getString("group").equals("variables"))
                        .filter(finding -> !finding.getString("state").equals("off")))
                .as(report.encodePrettily())
                .allMatch(finding -> finding.getString("state").equals("ok"))
                .extracting(finding -> finding.getString("name"))
                .contains("store", "twilio", "elevenlabs", "openai", "***00 voice");
    }

    private static JsonObject numbers(JsonObject report) {
        return report.getJsonArray("findings").stream()
                .map(JsonObject.class::cast)
                .filter(finding -> finding.getString("name").equals("***00 voice"))
                .findFirst()
                .orElseThrow();
    }

    private JsonObject doctor(int exitCode) {
        return new JsonObject(run(exitCode, "doctor", "--json"));
    }

    private String run(int exitCode, String... command) {
        StringWriter out = new StringWriter();
        // The environment that this gateway could have been started with.
        Map<String, String> variables =
                Map.of("SPRING_PROFILES_ACTIVE", "sandbox", "PATCHBAY_HTTP_PORT", String.valueOf(gateway.port));
        int code = Commands.run(variables, new PrintWriter(out), new PrintWriter(out), command);
        assertThat(code).as(out.toString()).isEqualTo(exitCode);
        return out.toString();
    }
}
