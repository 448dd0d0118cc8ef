package dev.patchbay.sandbox.caller;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/**
 * A TwiML answer as the list of its verbs.
 *
 * @param verbs in the order of the document; none = hang up
 */
record TwimlScript(List<Verb> verbs) {
    /** A parser that prints nothing: faults are the caller's to report. */
    private static final ErrorHandler SILENT = new ErrorHandler() {
        @Override
        public void warning(SAXParseException fault) {}

        @Override
        public void error(SAXParseException fault) throws SAXException {
            throw fault;
        }

        @Override
        public void fatalError(SAXParseException fault) throws SAXException {
            throw fault;
        }
    };

    /** @throws TwimlException 12100 when it is no XML, 12200 when it is no TwiML */
    static TwimlScript parse(byte[] document) {
        List<Verb> verbs = new ArrayList<>();
        for (Element element : children(response(document))) {
            verbs.add(verb(element));
        }
        return new TwimlScript(List.copyOf(verbs));
    }

    /** The root of a document; throws as {@link #parse}. */
    static Element response(byte[] document) {
        Element response;
        try {
            response = parser().parse(new ByteArrayInputStream(document)).getDocumentElement();
        } catch (SAXException | IOException e) {
            throw new TwimlException(12100, "document parse failure: " + e.getMessage());
        }
        if (!response.getTagName().equals("Response")) {
            throw new TwimlException(12200, "root is <" + response.getTagName() + ">, not <Response>");
        }
        return response;
    }

    private static Verb verb(Element element) {
        return switch (element.getTagName()) {
            case "Connect" -> connect(element);
            case "Start" -> start(element);
            case "Play" -> new Verb.Play(text(element));
            case "Redirect" -> new Verb.Redirect(text(element));
            case "Say" -> new Verb.Say(text(element));
            case "Pause" -> new Verb.Pause(number(attribute(element, "length"), 1));
            case "Dial" -> dial(element);
            case "Gather" -> gather(element);
            case "Record" ->
                new Verb.Record(
                        attribute(element, "action"),
                        number(attribute(element, "timeout"), 5),
                        number(attribute(element, "maxLength"), 3600),
                        attribute(element, "recordingStatusCallback"),
                        attribute(element, "transcribeCallback"));
            case "Enqueue" ->
                new Verb.Enqueue(text(element), attribute(element, "waitUrl"), attribute(element, "action"));
            case "Leave" -> new Verb.Leave();
            case "Hangup" -> new Verb.Hangup();
            case "Reject" -> {
                String reason = attribute(element, "reason");
                yield new Verb.Reject(reason == null ? "rejected" : reason);
            }
            default -> new Verb.Other(element.getTagName());
        };
    }

    private static Verb dial(Element dial) {
        String action = attribute(dial, "action");
        Element noun = children(dial).stream().findFirst().orElse(dial);
        return switch (noun.getTagName()) {
            case "Conference" -> {
                String events = attribute(noun, "statusCallbackEvent");
                yield new Verb.DialConference(
                        text(noun),
                        action,
                        "true".equals(attribute(noun, "endConferenceOnExit")),
                        attribute(noun, "statusCallback"),
                        events == null ? "" : events);
            }
            case "Queue" ->
                new Verb.DialQueue(text(noun), action, attribute(noun, "url"), number(attribute(dial, "timeout"), 30));
            case "Number" -> new Verb.Dial(text(noun), action, attribute(noun, "url"));
            default -> new Verb.Dial(text(dial), action, null);
        };
    }

    private static Verb gather(Element gather) {
        String input = attribute(gather, "input");
        String finish = attribute(gather, "finishOnKey");
        return new Verb.Gather(
                attribute(gather, "action"),
                input == null ? "dtmf" : input,
                number(attribute(gather, "numDigits"), Integer.MAX_VALUE),
                finish == null ? "#" : finish,
                children(gather).stream()
                        .filter(within -> within.getTagName().equals("Say"))
                        .map(TwimlScript::text)
                        .toList());
    }

    private static Verb connect(Element connect) {
        for (Element noun : children(connect)) {
            if (noun.getTagName().equals("Stream")) {
                String url = attribute(noun, "url");
                if (url == null) {
                    throw new TwimlException(12200, "<Stream> without url");
                }
                Map<String, String> parameters = new LinkedHashMap<>();
                for (Element parameter : children(noun)) {
                    if (parameter.getTagName().equals("Parameter")) {
                        parameters.put(parameter.getAttribute("name"), parameter.getAttribute("value"));
                    }
                }
                return new Verb.ConnectStream(url, parameters, attribute(noun, "statusCallback"));
            }
        }
        return new Verb.Other("Connect");
    }

    private static Verb start(Element start) {
        for (Element noun : children(start)) {
            if (noun.getTagName().equals("Recording")) {
                String events = attribute(noun, "recordingStatusCallbackEvent");
                return new Verb.StartRecording(
                        attribute(noun, "recordingStatusCallback"),
                        events == null ? List.of("completed") : List.of(events.split("\\s+")));
            }
        }
        return new Verb.Other("Start");
    }

    static List<Element> children(Element parent) {
        List<Element> children = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                children.add(element);
            }
        }
        return children;
    }

    static String text(Element element) {
        return element.getTextContent().strip();
    }

    static @Nullable String attribute(Element element, String name) {
        return element.hasAttribute(name) ? element.getAttribute(name).strip() : null;
    }

    private static int number(@Nullable String given, int otherwise) {
        try {
            return given == null ? otherwise : Integer.parseInt(given);
        } catch (NumberFormatException e) {
            throw new TwimlException(12200, "not a number: " + given);
        }
    }

    private static DocumentBuilder parser() {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setXIncludeAware(false);
            factory.setExpandEntityReferences(false);
            DocumentBuilder parser = factory.newDocumentBuilder();
            parser.setErrorHandler(SILENT);
            return parser;
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }
}
