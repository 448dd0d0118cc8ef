package dev.patchbay.sandbox.caller;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TwimlScriptTest {

    @Test
    void readsAStreamWithItsParameters() {
        var script = parse("""
                <?xml version="1.0" encoding="UTF-8"?>
                <Response>
                  <Connect>
                    <Stream url="wss://gateway.example/media/a&amp;b" statusCallback="/webhooks/twilio">
                      <Parameter name="call_id" value="01ARZ"/>
                      <Parameter name="name" value="Zoë &quot;&lt;&gt;"/>
                    </Stream>
                  </Connect>
                  <Redirect method="POST">/webhooks/twilio/fallback</Redirect>
                </Response>
                """);

        assertThat(script.verbs())
                .containsExactly(
                        new Verb.ConnectStream(
                                "wss://gateway.example/media/a&b",
                                Map.of("call_id", "01ARZ", "name", "Zoë \"<>"),
                                "/webhooks/twilio"),
                        new Verb.Redirect("/webhooks/twilio/fallback"));
    }

    @Test
    void readsTheOtherVerbsInOrder() {
        var script = parse("""
                <Response><!-- a comment --><Say voice="alice"> Goodbye &amp; thanks </Say><Pause/><Pause length="3"/>
                <Dial action="/after"><Sip>sip:call_1@sip.example;transport=tcp</Sip></Dial><Dial>+15005550006</Dial>
                <Dial timeout="20"><Number url="/whisper?call=1"> +15005550007 </Number></Dial>
                <Play>/audio/1</Play><Reject reason="busy"/><Reject/><Hangup/></Response>
                """);

        assertThat(script.verbs())
                .containsExactly(
                        new Verb.Say("Goodbye & thanks"),
                        new Verb.Pause(1),
                        new Verb.Pause(3),
                        new Verb.Dial("sip:call_1@sip.example;transport=tcp", "/after", null),
                        new Verb.Dial("+15005550006", null, null),
                        new Verb.Dial("+15005550007", null, "/whisper?call=1"),
                        new Verb.Play("/audio/1"),
                        new Verb.Reject("busy"),
                        new Verb.Reject("rejected"),
                        new Verb.Hangup());
    }

    @Test
    void readsWhatIsAskedFor() {
        var script = parse("""
                <Response><Gather/><Gather action="/menu?x=1" input="dtmf speech" numDigits="1" finishOnKey="">
                <Say>Press 1.</Say><Pause/><Say>Or 2.</Say></Gather></Response>
                """);

        assertThat(script.verbs())
                .containsExactly(
                        new Verb.Gather(null, "dtmf", Integer.MAX_VALUE, "#", List.of()),
                        new Verb.Gather("/menu?x=1", "dtmf speech", 1, "", List.of("Press 1.", "Or 2.")));
    }

    @Test
    void readsWhereAMessageIsLeft() {
        assertThat(parse("""
                        <Response><Record action="/thanks" timeout="2" maxLength="60" recordingStatusCallback="/events"
                        transcribe="true" transcribeCallback="/words"/><Record/></Response>
                        """).verbs())
                .containsExactly(
                        new Verb.Record("/thanks", 2, 60, "/events", "/words"),
                        new Verb.Record(null, 5, 3600, null, null));
    }

    @Test
    void readsWhatIsRecordedAndWhoIsTold() {
        var script = parse("""
                <Response><Start><Recording recordingStatusCallback="/told"
                recordingStatusCallbackEvent="in-progress  absent"/></Start><Start><Recording/></Start>
                <Start><Stream url="wss://127.0.0.1/x"/></Start></Response>
                """);

        assertThat(script.verbs())
                .containsExactly(
                        new Verb.StartRecording("/told", List.of("in-progress", "absent")),
                        new Verb.StartRecording(null, List.of("completed")),
                        new Verb.Other("Start"));
    }

    @Test
    void readsWhereCallsMeet() {
        var script = parse("""
                <Response><Enqueue waitUrl="/wait" action="/left"> support </Enqueue><Leave/>
                <Dial timeout="5" action="/taken"><Queue url="/greet">support</Queue></Dial>
                <Dial><Queue>support</Queue></Dial>
                <Dial><Conference endConferenceOnExit="true" statusCallback="/events" statusCallbackEvent="join leave">room</Conference></Dial>
                </Response>
                """);

        assertThat(script.verbs())
                .containsExactly(
                        new Verb.Enqueue("support", "/wait", "/left"),
                        new Verb.Leave(),
                        new Verb.DialQueue("support", "/taken", "/greet", 5),
                        new Verb.DialQueue("support", null, null, 30),
                        new Verb.DialConference("room", null, true, "/events", "join leave"));
    }

    @Test
    void anEmptyResponseHasNoVerbs() {
        assertThat(parse("<Response/>").verbs()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<Response><Say>A & B</Say></Response>              | 12100",
                "''                                                 | 12100",
                "<Response>                                         | 12100",
                "<!DOCTYPE r [<!ENTITY e 'x'>]><Response>&e;</Response> | 12100",
                "<html/>                                            | 12200",
                "<Response><Connect><Stream/></Connect></Response>  | 12200",
                "<Response><Pause length='long'/></Response>        | 12200",
            },
            quoteCharacter = '`')
    void namesTheErrorThatTwilioWouldReport(String document, int code) {
        assertThatThrownBy(() -> parse(document)).isInstanceOfSatisfying(TwimlException.class, fault -> assertThat(
                        fault.violation().code())
                .isEqualTo(code));
    }

    private static TwimlScript parse(String document) {
        return TwimlScript.parse(document.getBytes(UTF_8));
    }
}
