package dev.patchbay.twiml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class TwimlTest {

    private static final String HEAD = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
    private static final URI STREAM = URI.create("wss://voice.example.com/twilio/media-stream/t0k");
    private static final URI AFTERWARDS = URI.create("https://voice.example.com/webhooks/twilio/fallback");

    @Test
    void aCallIsRecordedFromItsFirstVerbOn() throws Exception {
        URI events = URI.create("https://voice.example.com/webhooks/twilio?a=1&b=2");

        String recorded = Twiml.recorded(Twiml.dialSip("sip:call_1@sip.example", AFTERWARDS), events);

        assertThat(recorded).containsPattern("<Response><Start><Recording [^>]*/></Start><Dial ");
        Element recording = element(recorded, "Recording");
        assertThat(recording.getAttribute("channels")).isEqualTo("dual");
        assertThat(recording.getAttribute("recordingStatusCallback")).isEqualTo(events.toString());
        assertThat(recording.getAttribute("recordingStatusCallbackEvent")).isEqualTo("in-progress completed absent");
        assertThat(Twiml.recorded("<Response><Play>https://x</Play></Response>", events))
                .as("a document of an engineer's")
                .contains("<Recording ", "</Start><Play>https://x</Play></Response>");
    }

    @Test
    void whoIsTurnedAwayIsNotRecorded() {
        for (String document : List.of(Twiml.busy(), Twiml.empty(), "junk")) {
            assertThat(Twiml.recorded(document, AFTERWARDS)).isEqualTo(document);
        }
    }

    @Test
    void aStreamCarriesItsParametersAndSaysWhatComesAfterwards() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("call_id", "01J");
        parameters.put("agent", "general");

        assertThat(Twiml.connectStream(STREAM, parameters, AFTERWARDS))
                .isEqualTo(HEAD
                        + "<Response><Connect><Stream url=\"wss://voice.example.com/twilio/media-stream/t0k\">"
                        + "<Parameter name=\"call_id\" value=\"01J\"/><Parameter name=\"agent\" value=\"general\"/>"
                        + "</Stream></Connect><Redirect>https://voice.example.com/webhooks/twilio/fallback</Redirect>"
                        + "</Response>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Fish & Chips",
                "<Hangup/>",
                "\"/><Dial>+1900</Dial>",
                "it's",
                "\uD83D\uDE00 and \uD83C\uDDEE\uD83C\uDDF3",
                "]]>",
                "<![CDATA[x]]>",
                "&amp;&#0;",
                "ñáéíóú 東京",
                "line\nbreak\ttab\rreturn",
                "<!-- x --><?pi?>",
                ""
            })
    void anyTextArrivesAsItWasGiven(String hostile) throws Exception {
        Element parameter = element(Twiml.connectStream(STREAM, Map.of("name", hostile), AFTERWARDS), "Parameter");
        Element say = element(Twiml.say(hostile, hostile, "en-US"), "Say");

        assertThat(parameter.getAttribute("value")).isEqualTo(hostile);
        assertThat(parameter.getAttribute("name")).isEqualTo("name");
        assertThat(say.getTextContent()).isEqualTo(hostile);
        assertThat(say.getAttribute("voice")).isEqualTo(hostile);
        assertThat(say.getChildNodes().getLength()).isLessThanOrEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u0000b", "a\u0001b", "a\u001Bb", "a\uD83Db", "a\uDE00b", "a\uFFFEb", "a\uFFFFb"})
    void whatXmlCannotCarryIsLeftOut(String broken) throws Exception {
        assertThat(element(Twiml.say(broken, null, null), "Say").getTextContent())
                .isEqualTo("ab");
        assertThat(element(Twiml.connectStream(STREAM, Map.of(broken, broken), AFTERWARDS), "Parameter")
                        .getAttribute("value"))
                .isEqualTo("ab");
    }

    @Test
    void aParameterThatTwilioWouldRefuseIsLeftOut() {
        String twiml =
                Twiml.connectStream(STREAM, Map.of("long", "x".repeat(496), "fits", "y".repeat(495)), AFTERWARDS);

        assertThat(twiml).contains("y".repeat(495)).doesNotContain("\"long\"");
    }

    @Test
    void theShortAnswersAreTwilios() {
        assertThat(Twiml.hangup()).isEqualTo(HEAD + "<Response><Hangup/></Response>");
        assertThat(Twiml.busy()).isEqualTo(HEAD + "<Response><Reject reason=\"busy\"/></Response>");
        assertThat(Twiml.empty()).isEqualTo(HEAD + "<Response/>");
        assertThat(Twiml.say("Hello", null, null)).isEqualTo(HEAD + "<Response><Say>Hello</Say></Response>");
        assertThat(Twiml.sayAndHangup("Bye", "Polly.Joanna", "en-US"))
                .isEqualTo(HEAD
                        + "<Response><Say language=\"en-US\" voice=\"Polly.Joanna\">Bye</Say><Hangup/></Response>");
        assertThat(Twiml.dialNumber("+14155550100", AFTERWARDS))
                .isEqualTo(HEAD + "<Response><Dial action=\"https://voice.example.com/webhooks/twilio/fallback\">"
                        + "<Number>+14155550100</Number></Dial></Response>");
        assertThat(Twiml.dialNumber("+14155550100", null))
                .isEqualTo(HEAD + "<Response><Dial><Number>+14155550100</Number></Dial></Response>");
    }

    @Test
    void aQuestionIsAskedTwiceAndTakesOneKey() {
        assertThat(Twiml.ask("Press 1 & wait", null, "en-US", AFTERWARDS))
                .isEqualTo(
                        HEAD + "<Response><Gather action=\"https://voice.example.com/webhooks/twilio/fallback\""
                                + " input=\"dtmf\" numDigits=\"1\" timeout=\"10\"><Say language=\"en-US\">Press 1 &amp; wait</Say>"
                                + "<Pause length=\"1\"/><Say language=\"en-US\">Press 1 &amp; wait</Say></Gather><Hangup/></Response>");
    }

    private static Element element(String twiml, String name) throws Exception {
        Document document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(twiml.getBytes(UTF_8)));
        assertThat(document.getElementsByTagName(name).getLength()).isEqualTo(1);
        return (Element) document.getElementsByTagName(name).item(0);
    }
}
