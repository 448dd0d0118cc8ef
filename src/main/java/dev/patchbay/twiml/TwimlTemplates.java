package dev.patchbay.twiml;

import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.PatchbayException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.xml.sax.SAXParseException;

/**
 * The templates of {@code routes/twiml} as one generation of the routes has them. A file that is no TwiML does not become
 * part of a generation; only at the start there may be no version of it that is right, and then it is answered with an
 * apology, because Twilio would tell a caller about an application error otherwise.
 */
public final class TwimlTemplates {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final String APOLOGY = "We are sorry. Something went wrong on our side. Please call again later.";

    /** By name; empty for a file that is no TwiML. */
    private final Map<String, Optional<TwimlTemplate>> templates;

    private TwimlTemplates(Map<String, Optional<TwimlTemplate>> templates) {
        this.templates = templates;
    }

    /**
     * What keeps a text from being a template.
     *
     * @param line counted from 1
     * @param column counted from 1
     */
    public record Mistake(int line, int column, String reason) {}

    /** @param texts the files' texts by the templates' names */
    public static TwimlTemplates of(Map<String, String> texts) {
        Map<String, Optional<TwimlTemplate>> templates = new HashMap<>();
        texts.forEach((name, text) -> {
            try {
                templates.put(name, Optional.of(TwimlTemplate.parse(text)));
            } catch (SAXParseException refused) {
                templates.put(name, Optional.empty());
            }
        });
        return new TwimlTemplates(Map.copyOf(templates));
    }

    /** What is wrong with a template's name or text; nothing when it can be served. */
    public static Optional<Mistake> mistake(String name, String text) {
        if (!NAME.matcher(name).matches()) {
            return Optional.of(
                    new Mistake(1, 1, "a template's name is of letters, digits, hyphens and underscores, 64 at most"));
        }
        try {
            TwimlTemplate.parse(text);
            return Optional.empty();
        } catch (SAXParseException refused) {
            return Optional.of(new Mistake(
                    Math.max(1, refused.getLineNumber()),
                    Math.max(1, refused.getColumnNumber()),
                    String.valueOf(refused.getMessage())));
        }
    }

    /**
     * The document, filled.
     *
     * @param name the template's name, from anybody
     * @param values for its placeholders; others are ignored
     * @throws PatchbayException not found
     */
    public String render(String name, Map<String, ?> values) {
        Optional<TwimlTemplate> template = templates.get(name);
        if (template == null) {
            throw new PatchbayException(ErrorCategory.NOT_FOUND, null, "No TwiML template of this name");
        }
        return template.map(good -> good.fill(values)).orElseGet(() -> Twiml.sayAndHangup(APOLOGY, null, null));
    }
}
