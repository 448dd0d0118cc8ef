package dev.patchbay.call;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CallJsonTest {

    private static final Instant START = Instant.parse("2025-01-02T03:04:05.678Z");

    @Test
    void aFinishedCall() throws JsonProcessingException {
        Call call = new Call(
                "01JGM0000000000000000000AA",
                "CA1",
                "elevenlabs",
                "conv_1",
                Direction.OUTBOUND,
                "+14155550123",
                "+14155550124",
                "general",
                CallStatus.NO_ANSWER,
                START,
                START.plusSeconds(1),
                START.plusSeconds(9),
                8,
                "caller",
                "none",
                new MediaFigures(1, 2, 3, 4, 5L),
                new CallOutcome("user_hangup", Map.of("call_successful", true)));
        assertThat(json(CallJson.of(call))).isEqualTo("""
                        {"id":"01JGM0000000000000000000AA","call_sid":"CA1","provider":"elevenlabs","provider_call_id":"conv_1",\
                        "direction":"outbound","from":"+14155550123","to":"+14155550124","agent_id":"general","status":"no-answer",\
                        "started_at":"2025-01-02T03:04:05.678Z","answered_at":"2025-01-02T03:04:06.678Z","ended_at":"2025-01-02T03:04:14.678Z",\
                        "duration":8,"ended_by":"caller","error":"none",\
                        "media":{"frames_in":1,"frames_out":2,"dropped":3,"late":4,"first_audio_ms":5},\
                        "disconnection_reason":"user_hangup","analysis":{"call_successful":true}}""");
    }

    @Test
    void aNewCallHasEveryKeyToo() throws JsonProcessingException {
        Call call = new Call(
                "01JGM0000000000000000000AA",
                null,
                null,
                null,
                Direction.INBOUND,
                null,
                null,
                null,
                CallStatus.QUEUED,
                START,
                null,
                null,
                null,
                null,
                null,
                MediaFigures.NONE);
        assertThat(json(CallJson.of(call))).isEqualTo("""
                        {"id":"01JGM0000000000000000000AA","call_sid":null,"provider":null,"provider_call_id":null,\
                        "direction":"inbound","from":null,"to":null,"agent_id":null,"status":"queued",\
                        "started_at":"2025-01-02T03:04:05.678Z","answered_at":null,"ended_at":null,\
                        "duration":null,"ended_by":null,"error":null,\
                        "media":{"frames_in":0,"frames_out":0,"dropped":0,"late":0,"first_audio_ms":null},\
                        "disconnection_reason":null,"analysis":null}""");
    }

    @Test
    void anEventAndATranscript() throws JsonProcessingException {
        CallEvent event = new CallEvent("E1", "C1", "status.ringing", START, Map.of("CallStatus", "ringing"));
        assertThat(json(CallJson.of(event))).isEqualTo("""
                        {"id":"E1","call_id":"C1","type":"status.ringing","at":"2025-01-02T03:04:05.678Z","data":{"CallStatus":"ringing"}}""");
        assertThat(json(CallJson.transcript("C1", List.of(new TranscriptTurn(TranscriptTurn.AGENT, "Hello", START)))))
                .isEqualTo("""
                        {"call_id":"C1","turns":[{"role":"agent","text":"Hello","at":"2025-01-02T03:04:05.678Z"}]}""");
    }

    private static String json(Object value) throws JsonProcessingException {
        return new ObjectMapper().writeValueAsString(value);
    }
}
