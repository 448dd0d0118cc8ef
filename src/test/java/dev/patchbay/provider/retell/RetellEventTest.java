package dev.patchbay.provider.retell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.call.CallStatus;
import dev.patchbay.call.TranscriptTurn;
import dev.patchbay.error.PatchbayException;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetellEventTest {

    @Test
    void theTranscriptHasTheTimesOfItsFirstWords() {
        RetellEvent event = RetellEvent.read("""
                {"event":"call_ended","call":{"call_id":"call_1","start_timestamp":1700000000000,"transcript_object":[
                 {"role":"agent","content":"Hello","words":[{"word":"Hello","start":0.5,"end":0.9}]},
                 {"role":"transfer_target","content":"not ours"},
                 {"role":"user","content":"Hi"}]}}""");

        assertThat(event.turns())
                .containsExactly(
                        new TranscriptTurn("agent", "Hello", Instant.ofEpochMilli(1_700_000_000_500L)),
                        new TranscriptTurn("user", "Hi", Instant.ofEpochMilli(1_700_000_000_000L)));
    }

    @Test
    void aTranscriptOfLinesIsReadToo() {
        RetellEvent event = RetellEvent.read(
                "{\"event\":\"call_ended\",\"call\":{\"transcript\":\"Agent: Hello\\nUser: Hi: you\\nnoise\"}}");

        assertThat(event.turns())
                .extracting(turn -> turn.role() + "|" + turn.text())
                .containsExactly("agent|Hello", "user|Hi: you");
    }

    @ParameterizedTest
    @CsvSource({
        "user_hangup, caller, , completed",
        "agent_hangup, agent, , completed",
        "call_transfer, agent, , completed",
        "inactivity, agent, , completed",
        "dial_busy, , , busy",
        "dial_no_answer, , , no-answer",
        "user_declined, caller, , no-answer",
        "dial_failed, , Retell: dial_failed, failed",
        "telephony_provider_permission_denied, , Retell: telephony_provider_permission_denied, failed",
        "registered_call_timeout, , Retell: registered_call_timeout, no-answer",
        "error_asr, , Retell: error_asr, failed"
    })
    void theReasonSaysWhoEndedTheCallAndHow(String reason, String endedBy, String error, String status) {
        RetellEvent event = event(new JsonObject().put("disconnection_reason", reason));

        assertThat(event.outcome().disconnectionReason()).isEqualTo(reason);
        assertThat(event.endedBy()).isEqualTo(endedBy);
        assertThat(event.error()).isEqualTo(error);
        assertThat(event.finalStatus().wire()).isEqualTo(status);
    }

    @Test
    void aCallThatWasTalkedInIsCompletedEvenIfItBroke() {
        assertThat(event(new JsonObject()
                                .put("disconnection_reason", "error_asr")
                                .put("start_timestamp", 1_700_000_000_000L))
                        .finalStatus())
                .isEqualTo(CallStatus.COMPLETED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"event\":7,\"call\":[]}",
                "{\"event\":\"call_ended\",\"call\":{\"call_id\":9,\"transcript_object\":[7,{\"role\":1}],"
                        + "\"duration_ms\":\"x\",\"call_analysis\":null}}"
            })
    void whatIsNotAsPromisedIsNotThere(String body) {
        RetellEvent event = RetellEvent.read(body);

        assertThat(event.callId()).isEmpty();
        assertThat(event.turns()).isEmpty();
        assertThat(event.duration()).isNull();
        assertThat(event.outcome().analysis()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "junk", "[]", "7"})
    void whatIsNoObjectIsRefused(String body) {
        assertThatThrownBy(() -> RetellEvent.read(body)).isInstanceOf(PatchbayException.class);
    }

    private static RetellEvent event(JsonObject call) {
        return RetellEvent.read(
                new JsonObject().put("event", "call_ended").put("call", call).encode());
    }
}
