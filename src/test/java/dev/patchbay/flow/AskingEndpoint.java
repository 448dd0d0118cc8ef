package dev.patchbay.flow;

import static dev.patchbay.flow.Ask.CALL_CREATE;
import static dev.patchbay.flow.Ask.CALL_FETCH;
import static dev.patchbay.flow.Ask.CALL_ORDER;
import static dev.patchbay.flow.Ask.CALL_REGISTER;
import static dev.patchbay.flow.Ask.CALL_UPDATE;
import static dev.patchbay.flow.Ask.CHAT;
import static dev.patchbay.flow.Ask.MESSAGE_CREATE;
import static dev.patchbay.flow.Ask.MESSAGE_FETCH;
import static dev.patchbay.flow.Ask.RECORDING_DELETE;
import static dev.patchbay.flow.Ask.RECORDING_FETCH;
import static dev.patchbay.flow.Ask.ROOM_CREATE;
import static dev.patchbay.flow.Ask.ROOM_DELETE;
import static dev.patchbay.flow.Ask.SIGNED_URL;
import static dev.patchbay.flow.Ask.SPEECH;
import static dev.patchbay.flow.Ask.TOKEN_CREATE;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An endpoint that asks a provider, and which of its requests fails. {@link #ALL} is the table: a new endpoint is a line in
 * it. {@code MARK} stands for the eleven digits of a case, {@code SEATS} for the last five of them.
 *
 * @param operation method and path, as the API's document has them
 * @param given what must be there; its id takes the place of the path's parameter
 * @param body JSON with single quotes, or the fields of a form; empty: none
 */
record AskingEndpoint(Kind kind, String operation, Ask fails, Given given, String body) {

    /** Who asks us, and so how a failure must look. */
    enum Kind {
        /** The holder of a key: a problem. */
        REST,
        /** Twilio, about a call: TwiML that apologizes. */
        VOICE,
        /** Twilio, about a text message: TwiML, as if nothing had happened. */
        MESSAGE,
        /** A caller who shall talk to an agent over live audio: another agent takes the call. */
        CONVERSATION
    }

    /** What a case needs to be there. */
    @FunctionalInterface
    interface Given {

        /** @return its id */
        String id(RunningGateway gateway, String mark) throws Exception;
    }

    static final String RETELL_NUMBER = "+15550000077";

    private static final String PHONE = "{'to':'+MARK','message':'Hello'}";
    private static final String SPOKEN = "{'to':'+MARK','message':'MARK','voice':'elevenlabs:rachel'}";
    private static final String PLAYED = "{'to':'+MARK','twiml':'<Response/>'}";
    private static final String DAILY = "{'provider':'daily','room_config':{'max_participants':SEATS}";
    private static final String TWILIO = "{'provider':'twilio','participant_config':{'name':'+MARK'}";
    private static final String ELEVENLABS = "{'provider':'elevenlabs','participant_config':{'name':'+MARK'}";
    private static final String RETELL =
            "{'provider':'retell','agent':'reception','participant_config':{'name':'+MARK'}";
    private static final String CONFIG = ",'config':{'system_prompt':'Be kind to MARK.'}}";
    private static final String RINGS =
            "CallSid=CASID&From=+MARK&To=" + RETELL_NUMBER + "&Direction=inbound&CallStatus=ringing";

    private static final Given NOTHING = (gateway, mark) -> "";
    private static final Given RECEPTION = (gateway, mark) -> "reception";
    private static final Given MESSAGE_SID = (gateway, mark) -> "SM" + Ask.sid(mark);
    private static final Given CALL_SID = (gateway, mark) -> "CA" + Ask.sid(mark);
    private static final Given CALL = created("/calls", "{'to':'+MARK','agent':'general'}", "id");
    private static final Given PLAYED_CALL = created("/twilio/voice/call", PLAYED, "sid");
    private static final Given RECORDED_CALL = AskingEndpoint::recordedCall;

    /** Every endpoint that asks a provider, once for each of its requests that can fail. */
    static final List<AskingEndpoint> ALL = List.of(
            rest("POST /twilio/sms/send", MESSAGE_CREATE, PHONE),
            rest("POST /twilio/voice/message", CALL_CREATE, PHONE),
            rest("POST /twilio/voice/message", SPEECH, SPOKEN),
            rest("POST /twilio/voice/message", CALL_CREATE, SPOKEN),
            rest("POST /twilio/voice/call", CALL_CREATE, PLAYED),
            rest("POST /twilio/voice/call", CALL_CREATE, "{'to':'+MARK','name':'greeting'}"),
            rest("GET /twilio/status/{sid}", MESSAGE_FETCH, MESSAGE_SID, ""),
            rest("GET /twilio/status/{sid}", CALL_FETCH, CALL_SID, ""),
            rest("POST /calls", CALL_CREATE, "{'to':'+MARK','agent':'general'}"),
            rest("POST /calls", CALL_CREATE, "{'to':'+MARK','agent':'reception'}"),
            rest("POST /calls", CALL_CREATE, "{'to':'+MARK','agent':'echo'}"),
            rest("POST /calls", CALL_CREATE, "{'to':'+MARK','agent':'human'}"),
            rest("DELETE /calls/{id}", CALL_UPDATE, CALL, ""),
            rest("DELETE /calls/{id}", CALL_UPDATE, PLAYED_CALL, ""),
            rest("POST /calls/{id}/transfer", CALL_UPDATE, CALL, "{'to':'+12025550199'}"),
            rest("POST /calls/{id}/transfer", CALL_UPDATE, CALL, "{'to':'reception'}"),
            rest("POST /calls/{id}/say", CALL_UPDATE, CALL, "{'text':'One moment'}"),
            rest("POST /calls/{id}/say", CALL_UPDATE, PLAYED_CALL, "{'text':'One moment'}"),
            rest("GET /calls/{id}/recording", RECORDING_FETCH, RECORDED_CALL, ""),
            rest("DELETE /calls/{id}/recording", RECORDING_DELETE, RECORDED_CALL, ""),
            rest("POST /sessions", ROOM_CREATE, DAILY + "}"),
            rest("POST /sessions", TOKEN_CREATE, DAILY + "}"),
            rest("POST /sessions", CALL_CREATE, TWILIO + "}"),
            rest("POST /sessions", CALL_CREATE, ELEVENLABS + "}"),
            rest("POST /sessions", CALL_ORDER, RETELL + "}"),
            rest("POST /sessions/with-config", ROOM_CREATE, DAILY + CONFIG),
            rest("POST /sessions/with-config", TOKEN_CREATE, DAILY + CONFIG),
            rest("POST /sessions/with-config", CALL_CREATE, TWILIO + CONFIG),
            rest("POST /sessions/with-config", CALL_CREATE, ELEVENLABS + CONFIG),
            rest("POST /sessions/with-config", CALL_ORDER, RETELL + CONFIG),
            rest("DELETE /sessions/{id}", ROOM_DELETE, session(DAILY), ""),
            rest("DELETE /sessions/{id}", CALL_UPDATE, session(TWILIO), ""),
            rest("DELETE /sessions/{id}", CALL_UPDATE, session(ELEVENLABS), ""),
            rest("POST /voice/orchestrator/speech", SPEECH, "{'text':'MARK'}"),
            rest("POST /voice/orchestrator/chat", CHAT, "{'message':'MARK','want_audio':false}"),
            rest("POST /voice/orchestrator/chat", SPEECH, "{'message':'MARK','want_audio':true}"),
            voice("POST /twilio/incoming-call", NOTHING, RINGS),
            voice("POST /webhook/voice", NOTHING, RINGS),
            voice("POST /api/webhooks/twilio", NOTHING, RINGS),
            voice("POST /api/webhooks/twilio/{agentId}", RECEPTION, RINGS),
            voice("POST /twilio/handle-input", NOTHING, RINGS + "&Digits=1"),
            voice("POST /webhooks/twilio/fallback", NOTHING, RINGS + "&DialCallStatus=failed"),
            new AskingEndpoint(
                    Kind.MESSAGE,
                    "POST /twilio/sms/incoming",
                    MESSAGE_CREATE,
                    NOTHING,
                    "MessageSid=MMSID&From=+MARK&To=+15550000000&Body=Hello"),
            new AskingEndpoint(
                    Kind.CONVERSATION, "POST /api/webhooks/twilio/{agentId}", SIGNED_URL, AskingEndpoint::agent, ""));

    /** Whom every gateway must have for these: agents that are named above, and the one that saves lost calls. */
    static final List<String> AGENTS_AT_RETELL = List.of("reception", "backup");

    private static AskingEndpoint rest(String operation, Ask fails, String body) {
        return rest(operation, fails, NOTHING, body);
    }

    private static AskingEndpoint rest(String operation, Ask fails, Given given, String body) {
        return new AskingEndpoint(Kind.REST, operation, fails, given, body);
    }

    private static AskingEndpoint voice(String operation, Given given, String form) {
        return new AskingEndpoint(Kind.VOICE, operation, CALL_REGISTER, given, form);
    }

    private static Given session(String order) {
        return created("/sessions", order + "}", "session_id");
    }

    private static Given created(String path, String body, String id) {
        return (gateway, mark) -> {
            HttpResponse<String> answer = gateway.postJson(path, filled(body, mark));
            if (answer.statusCode() >= 300) {
                throw new AssertionError("Not given: " + path + " " + answer.body());
            }
            return new JsonObject(answer.body()).getString(id);
        };
    }

    private static String recordedCall(RunningGateway gateway, String mark) throws Exception {
        String callSid = PLAYED_CALL.id(gateway, mark);
        gateway.postSigned(
                "/webhooks/twilio",
                Map.of("CallSid", callSid, "RecordingSid", "RE" + Ask.sid(mark), "RecordingStatus", "completed"));
        return callSid;
    }

    private static String agent(RunningGateway gateway, String mark) {
        return gateway.agent(mark, mark).id();
    }

    String method() {
        return operation.substring(0, operation.indexOf(' '));
    }

    /** @param id of what is given */
    String path(String id) {
        return operation.substring(operation.indexOf(' ') + 1).replaceAll("\\{\\w+}", id);
    }

    String json(String mark) {
        return filled(body, mark);
    }

    /** As Twilio sends it. */
    Map<String, String> form(String mark) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String field : filled(body, mark).split("&")) {
            String[] parts = field.split("=", 2);
            fields.put(parts[0], parts[1]);
        }
        return fields;
    }

    private static String filled(String template, String mark) {
        return template.replace('\'', '"')
                .replace("MARK", mark)
                .replace("SEATS", mark.substring(mark.length() - 5))
                .replace("CASID", "CA" + Ask.sid(mark))
                .replace("MMSID", "MM" + Ask.sid(mark));
    }

    @Override
    public String toString() {
        return operation + " (" + fails + ") " + (kind == Kind.REST ? body : "");
    }
}
