package dev.patchbay.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Phones write to a gateway that answers messages and forwards them, until they say STOP. */
class AnsweredMessageFlowIT {

    private static final String OUR_NUMBER = "+15550000000";

    private final RunningGateway gateway = RunningGateway.strict();

    @Test
    void aMessageIsAnsweredForwardedAndAllOfItKept() throws Exception {
        String phone = "+14155550171";

        JsonObject written = gateway.text(phone, "Are you open? <& 👋>");

        assertThat(written.getJsonArray("replies")).containsExactly(RunningGateway.REPLY);
        JsonObject kept = messages().stream()
                .filter(message -> written.getString("sid").equals(message.getString("sid")))
                .findFirst()
                .orElseThrow();
        assertThat(kept.getString("direction")).isEqualTo("inbound");
        assertThat(kept.getString("status")).isEqualTo("received");
        assertThat(kept.getString("body")).isEqualTo("Are you open? <& 👋>");
        await().untilAsserted(() -> {
            assertThat(sentTo(phone)).singleElement().satisfies(reply -> {
                assertThat(reply.getString("from")).isEqualTo(OUR_NUMBER);
                assertThat(reply.getString("direction")).isEqualTo("outbound");
                assertThat(reply.getString("body")).isEqualTo(RunningGateway.REPLY);
                assertThat(reply.getString("status")).isEqualTo("delivered");
            });
            assertThat(forwarded(phone)).singleElement().satisfies(forwarded -> {
                assertThat(forwarded.getString("from")).isEqualTo(OUR_NUMBER);
                assertThat(forwarded.getString("body")).isEqualTo(phone + ": Are you open? <& 👋>");
                assertThat(forwarded.getString("status")).isEqualTo("delivered");
            });
        });
    }

    @Test
    void nothingOfALongMessageIsLost() throws Exception {
        String phone = "+14155550176";
        String longest = "0123456789".repeat(160);

        gateway.text(phone, longest);

        await().untilAsserted(() -> {
            List<String> got = sentTo(RunningGateway.BOSS).stream()
                    .map(message -> message.getString("body"))
                    .toList();
            assertThat(got)
                    .contains(phone + ": " + longest.substring(0, 1600 - 14))
                    .contains(longest.substring(1600 - 14));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"STOP", " unsubscribe ", "Quit"})
    void whoSaysStopHearsNothingMoreUntilStart(String stop) throws Exception {
        String phone = "+1415555%04d".formatted(1000 + (stop.hashCode() & 0xfff));

        assertThat(gateway.text(phone, stop).getJsonArray("replies"))
                .as("Twilio has said it all")
                .isEmpty();
        HttpResponse<String> refused = send(phone);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(new JsonObject(refused.body()).getString("detail"))
                .startsWith("twilio answered 400: 21610 Attempt to send to unsubscribed recipient");
        assertThat(gateway.text(phone, "Hello?").getJsonArray("replies")).isEmpty();

        assertThat(gateway.text(phone, "start").getJsonArray("replies")).isEmpty();

        assertThat(send(phone).statusCode()).isEqualTo(200);
        assertThat(gateway.text(phone, "Hello?").getJsonArray("replies")).containsExactly(RunningGateway.REPLY);
        await().untilAsserted(() -> assertThat(forwarded(phone))
                .as("what was meant for somebody")
                .extracting(message -> message.getString("body"))
                .containsExactlyInAnyOrder(phone + ": Hello?", phone + ": Hello?"));
        assertThat(messages().stream()
                        .filter(message -> phone.equals(message.getString("from")))
                        .map(message -> message.getString("body")))
                .as("kept is all of it")
                .containsExactlyInAnyOrder(stop, "Hello?", "start", "Hello?");
    }

    @Test
    void helpIsTwiliosToGive() throws Exception {
        String phone = "+14155550173";

        assertThat(gateway.text(phone, "HELP").getJsonArray("replies")).isEmpty();

        assertThat(forwarded(phone)).isEmpty();
        assertThat(send(phone).statusCode()).isEqualTo(200);
    }

    @Test
    void aMessageThatComesTwiceIsAnsweredOnce() throws Exception {
        String phone = "+14155550174";
        Map<String, String> form = Map.of(
                "MessageSid", "SM00000000000000000000000000000174", "From", phone, "To", OUR_NUMBER, "Body", "Twice");

        HttpResponse<String> first = gateway.postSigned("/twilio/sms/incoming", form);
        HttpResponse<String> second = gateway.postSigned("/twilio/sms/incoming", form);

        assertThat(first.body())
                .contains("<Message statusCallback=\"" + gateway.origin() + "/webhooks/twilio?reply=true\">");
        assertThat(second.body()).isEqualTo("<Response/>");
        assertThat(forwarded(phone)).hasSize(1);
    }

    @Test
    void whereNothingCanBeForwardedTheSenderIsAnsweredAllTheSame() throws Exception {
        String phone = "+14155550175";
        gateway.text(RunningGateway.BOSS, "STOP");
        try {
            assertThat(gateway.text(phone, "Hello").getJsonArray("replies")).containsExactly(RunningGateway.REPLY);
            assertThat(forwarded(phone)).isEmpty();
        } finally {
            gateway.text(RunningGateway.BOSS, "START");
        }
    }

    @Test
    void nobodyIsSentTheirOwnMessage() throws Exception {
        gateway.text(RunningGateway.BOSS, "I am on my way");

        assertThat(forwarded(RunningGateway.BOSS)).isEmpty();
    }

    private HttpResponse<String> send(String to) throws Exception {
        return gateway.postJson(
                "/twilio/sms/send",
                new JsonObject().put("to", to).put("message", "News").encode());
    }

    private List<JsonObject> sentTo(String phone) throws Exception {
        return messages().stream()
                .filter(message -> phone.equals(message.getString("to")))
                .toList();
    }

    /** What the boss got of somebody. */
    private List<JsonObject> forwarded(String phone) throws Exception {
        return sentTo(RunningGateway.BOSS).stream()
                .filter(message -> String.valueOf(message.getString("body")).startsWith(phone + ": "))
                .toList();
    }

    private List<JsonObject> messages() throws Exception {
        return new JsonObject(gateway.get("/messages?limit=200").body())
                .getJsonArray("messages").stream().map(JsonObject.class::cast).toList();
    }
}
