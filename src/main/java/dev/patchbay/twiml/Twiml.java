package dev.patchbay.twiml;

import com.twilio.twiml.MessagingResponse;
import com.twilio.twiml.TwiMLException;
import com.twilio.twiml.VoiceResponse;
import com.twilio.twiml.messaging.Message;
import com.twilio.twiml.voice.Connect;
import com.twilio.twiml.voice.Dial;
import com.twilio.twiml.voice.Gather;
import com.twilio.twiml.voice.Hangup;
import com.twilio.twiml.voice.Number;
import com.twilio.twiml.voice.Parameter;
import com.twilio.twiml.voice.Pause;
import com.twilio.twiml.voice.Recording;
import com.twilio.twiml.voice.Redirect;
import com.twilio.twiml.voice.Reject;
import com.twilio.twiml.voice.Say;
import com.twilio.twiml.voice.Sip;
import com.twilio.twiml.voice.Start;
import com.twilio.twiml.voice.Stream;
import com.twilio.type.PhoneNumber;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * TwiML documents as text. Twilio's SDK builds and escapes them; what XML cannot carry at all (control characters, halves
 * of surrogate pairs) is left out of given texts, because the SDK would write a document that Twilio refuses (error
 * 12100).
 */
public final class Twiml {

    /** Twilio refuses a {@code <Parameter>} whose name and value together are longer, in characters. */
    private static final int PARAMETER_LIMIT = 499;

    /** How long Twilio waits for a key after the question. */
    private static final int ANSWER_SECONDS = 10;

    private static final String BEGIN = "<Response>";
    private static final String END = "</Response>";

    private static final Pattern NOT_XML =
            Pattern.compile("[^\\t\\n\\r\\x{20}-\\x{D7FF}\\x{E000}-\\x{FFFD}\\x{10000}-\\x{10FFFF}]");

    static {
        // The SDK asks for both with every document. Unless they are named, each time all jars are searched for others:
        // half of a document's time on a class path, more in an executable jar.
        nameUnlessNamed(
                "javax.xml.parsers.DocumentBuilderFactory",
                "com.sun.org.apache.xerces.internal.jaxp.DocumentBuilderFactoryImpl");
        nameUnlessNamed(
                "javax.xml.transform.TransformerFactory",
                "com.sun.org.apache.xalan.internal.xsltc.trax.TransformerFactoryImpl");
    }

    private Twiml() {}

    private static void nameUnlessNamed(String factory, String ofTheJdk) {
        if (System.getProperty(factory) == null) {
            System.setProperty(factory, ofTheJdk);
        }
    }

    /**
     * Connects the caller to a media stream, both ways. Twilio fetches {@code afterwards} when the stream has ended,
     * however it ended.
     *
     * @param streamUrl {@code wss:} URL without a query, which Twilio would drop
     * @param parameters custom parameters of the stream's {@code start} message; one that is longer than Twilio takes
     *     (500 characters, name and value together) is left out
     */
    public static String connectStream(URI streamUrl, Map<String, String> parameters, URI afterwards) {
        Stream.Builder stream = new Stream.Builder().url(streamUrl.toString());
        parameters.forEach((name, value) -> {
            if (name.length() + value.length() <= PARAMETER_LIMIT) {
                stream.parameter(new Parameter.Builder()
                        .name(text(name))
                        .value(text(value))
                        .build());
            }
        });
        return xml(new VoiceResponse.Builder()
                .connect(new Connect.Builder().stream(stream.build()).build())
                .redirect(new Redirect.Builder(afterwards).build()));
    }

    /**
     * The same document, with the call recorded from here on, each side on a channel of its own. One that turns the call
     * away, or does nothing, stays as it is.
     *
     * @param document a voice document
     * @param recordingEvents where Twilio reports the recording
     */
    public static String recorded(String document, URI recordingEvents) {
        int first = document.indexOf(BEGIN) + BEGIN.length();
        if (first < BEGIN.length() || document.startsWith("<Reject", first)) {
            return document;
        }
        String start = xml(new VoiceResponse.Builder()
                .start(new Start.Builder()
                        .recording(new Recording.Builder()
                                .channels(Recording.Channels.DUAL)
                                .recordingStatusCallback(recordingEvents.toString())
                                .recordingStatusCallbackEvents(List.of(
                                        Recording.Event.IN_PROGRESS, Recording.Event.COMPLETED, Recording.Event.ABSENT))
                                .build())
                        .build()));
        String verb = start.substring(start.indexOf(BEGIN) + BEGIN.length(), start.lastIndexOf(END));
        return document.substring(0, first) + verb + document.substring(first);
    }

    /**
     * Speaks a text; the call goes on with what Twilio does next.
     *
     * @param voice a voice of Twilio's, such as {@code Polly.Joanna}; null takes the account's
     * @param language BCP 47 tag, such as {@code en-US}; null takes the voice's
     */
    public static String say(String text, @Nullable String voice, @Nullable String language) {
        return xml(new VoiceResponse.Builder().say(spoken(text, voice, language)));
    }

    /** Speaks a text and ends the call; see {@link #say}. */
    public static String sayAndHangup(String text, @Nullable String voice, @Nullable String language) {
        return xml(
                new VoiceResponse.Builder().say(spoken(text, voice, language)).hangup(new Hangup.Builder().build()));
    }

    /** Speaks a text and goes on with the document at the URL; see {@link #say}. */
    public static String sayAndRedirect(
            String text, @Nullable String voice, @Nullable String language, URI afterwards) {
        return xml(new VoiceResponse.Builder()
                .say(spoken(text, voice, language))
                .redirect(new Redirect.Builder(afterwards).build()));
    }

    /**
     * Speaks a text twice and takes one key; without one the call ends.
     *
     * @param answer what Twilio fetches with the key
     */
    public static String ask(String text, @Nullable String voice, @Nullable String language, URI answer) {
        return xml(new VoiceResponse.Builder()
                .gather(new Gather.Builder()
                        .inputs(Gather.Input.DTMF)
                        .numDigits(1)
                        .timeout(ANSWER_SECONDS)
                        .action(answer)
                        .say(spoken(text, voice, language))
                        .pause(new Pause.Builder().length(1).build())
                        .say(spoken(text, voice, language))
                        .build())
                .hangup(new Hangup.Builder().build()));
    }

    /** Goes on with the document at the URL. */
    public static String redirect(URI document) {
        return xml(new VoiceResponse.Builder().redirect(new Redirect.Builder(document).build()));
    }

    /** Ends the call. */
    public static String hangup() {
        return xml(new VoiceResponse.Builder().hangup(new Hangup.Builder().build()));
    }

    /** Turns a call that is not yet answered away with a busy tone, at no cost. */
    public static String busy() {
        return xml(new VoiceResponse.Builder()
                .reject(new Reject.Builder().reason(Reject.Reason.BUSY).build()));
    }

    /**
     * Connects the caller to another phone.
     *
     * @param number E.164
     * @param action what Twilio fetches when that leg has ended; null ends the call
     */
    public static String dialNumber(String number, @Nullable URI action) {
        Dial.Builder dial = new Dial.Builder().number(new Number.Builder(new PhoneNumber(text(number))).build());
        if (action != null) {
            dial.action(action);
        }
        return xml(new VoiceResponse.Builder().dial(dial.build()));
    }

    /**
     * Connects the caller to a SIP address; the call counts as answered when that answers.
     *
     * @param sipUri {@code sip:user@domain}, with parameters if any
     * @param action what Twilio fetches when that leg has ended, or was never reached
     */
    public static String dialSip(String sipUri, URI action) {
        return xml(new VoiceResponse.Builder()
                .dial(new Dial.Builder()
                        .answerOnBridge(true)
                        .action(action)
                        .sip(new Sip.Builder(URI.create(sipUri)).build())
                        .build()));
    }

    /**
     * Answers a text message with another one.
     *
     * @param events where Twilio reports what becomes of it
     */
    public static String message(String text, URI events) {
        try {
            return new MessagingResponse.Builder()
                    .message(new Message.Builder(text(text))
                            .statusCallback(events)
                            .build())
                    .build()
                    .toXml();
        } catch (TwiMLException unwritable) {
            throw new IllegalArgumentException("no TwiML can be written from this", unwritable);
        }
    }

    /** Nothing to do: a call ends, a message goes unanswered. */
    public static String empty() {
        return xml(new VoiceResponse.Builder());
    }

    private static Say spoken(String text, @Nullable String voice, @Nullable String language) {
        Say.Builder say = new Say.Builder(text(text));
        // As options: the SDK's enums know only the voices and languages of its release.
        if (voice != null) {
            say.option("voice", text(voice));
        }
        if (language != null) {
            say.option("language", text(language));
        }
        return say.build();
    }

    /** The text without what XML cannot carry. */
    static String text(String given) {
        return NOT_XML.matcher(given).replaceAll("");
    }

    private static String xml(VoiceResponse.Builder response) {
        try {
            return response.build().toXml();
        } catch (TwiMLException unwritable) {
            throw new IllegalArgumentException("no TwiML can be written from this", unwritable);
        }
    }
}
