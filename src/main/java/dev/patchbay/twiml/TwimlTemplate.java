package dev.patchbay.twiml;

import java.io.IOException;
import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.BinaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import org.jspecify.annotations.Nullable;
import org.xml.sax.Attributes;
import org.xml.sax.InputSource;
import org.xml.sax.Locator;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * A TwiML document with placeholders, {@code {{name}}} or {@code {{name:default}}}, in texts and attribute values.
 * Filling it always gives well-formed XML.
 */
final class TwimlTemplate {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([A-Za-z][A-Za-z0-9_]*)(?::([^{}]*))?}}");

    /** Escaped as every value is, and still an error in a name, a comment or outside the document. */
    private static final String PROBE = "--&lt;";

    private final String source;

    private TwimlTemplate(String source) {
        this.source = source;
    }

    /**
     * @param source the file's text
     * @throws SAXParseException with the line, when this is no TwiML or has a placeholder in the wrong place
     */
    static TwimlTemplate parse(String source) throws SAXParseException {
        TwimlTemplate template = new TwimlTemplate(source);
        // As it is written first: a placeholder is a text like any other, and places in it are right.
        check(source);
        int open = PLACEHOLDER
                .matcher(source)
                .replaceAll(found -> " ".repeat(found.group().length()))
                .indexOf("{{");
        if (open >= 0) {
            String before = source.substring(0, open);
            int line =
                    (int) before.chars().filter(character -> character == '\n').count() + 1;
            int column = open - before.lastIndexOf('\n');
            throw new SAXParseException("a placeholder is {{name}} or {{name:default}}", null, null, line, column);
        }
        check(template.filled((name, standard) -> standard));
        check(template.filled((name, standard) -> PROBE));
        return template;
    }

    /** The document with every value in its place, escaped; where there is none the default stands. */
    String fill(Map<String, ?> values) {
        return filled((name, standard) -> {
            Object value = values.get(name);
            return value == null ? standard : escaped(value.toString());
        });
    }

    /** The placeholders and their defaults, in the order of their first use. */
    Map<String, String> placeholders() {
        Map<String, String> found = new LinkedHashMap<>();
        filled((name, standard) -> {
            found.putIfAbsent(name, standard);
            return "";
        });
        return found;
    }

    private String filled(BinaryOperator<String> value) {
        return PLACEHOLDER
                .matcher(source)
                .replaceAll(found -> Matcher.quoteReplacement(
                        value.apply(found.group(1), Objects.requireNonNullElse(found.group(2), ""))));
    }

    private static String escaped(String value) {
        return Twiml.text(value)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&apos;");
    }

    private static void check(String document) throws SAXParseException {
        try {
            SAXParserFactory parsers = SAXParserFactory.newInstance();
            parsers.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            parsers.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            parsers.newSAXParser().parse(new InputSource(new StringReader(document)), new Root());
        } catch (SAXParseException refused) {
            throw refused;
        } catch (SAXException | ParserConfigurationException | IOException e) {
            throw new IllegalStateException("the XML parser cannot be used", e);
        }
    }

    /** Insists on {@code <Response>}. Its superclass throws what is fatal and keeps quiet about the rest. */
    private static final class Root extends DefaultHandler {

        private @Nullable Locator locator;
        private boolean seen;

        @Override
        public void setDocumentLocator(Locator locator) {
            this.locator = locator;
        }

        @Override
        public void startElement(String uri, String localName, String name, Attributes attributes)
                throws SAXParseException {
            if (!seen && !name.equals("Response")) {
                throw new SAXParseException("the root is <" + name + ">, not <Response>", locator);
            }
            seen = true;
        }
    }
}
