package dev.patchbay.twiml;

import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.PatchbayException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xml.sax.SAXParseException;

/**
 * The templates {@code <name>.xml} of a folder, as they are at the moment of asking. Of a file that is no TwiML, because
 * somebody is writing it just now or made a mistake, the last good version is served: Twilio would tell a caller about an
 * application error otherwise. The log names file and line, once per mistake.
 */
public final class TwimlTemplates {

    private static final Logger LOG = LoggerFactory.getLogger(TwimlTemplates.class);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final String SUFFIX = ".xml";
    private static final String APOLOGY = "We are sorry. Something went wrong on our side. Please call again later.";

    /**
     * What is known of a file.
     *
     * @param text as it was read last
     * @param good the last version of it that is TwiML; null when there was none
     */
    private record Known(String text, @Nullable TwimlTemplate good) {}

    private final Path dir;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    /** Reads what is there, so that there is a last good version from the start. A folder that is missing is empty. */
    public TwimlTemplates(Path dir) {
        this.dir = dir;
        if (Files.isDirectory(dir)) {
            try (Stream<Path> files = Files.list(dir)) {
                files.map(file -> file.getFileName().toString())
                        .filter(file -> file.endsWith(SUFFIX))
                        .map(file -> file.substring(0, file.length() - SUFFIX.length()))
                        .filter(name -> NAME.matcher(name).matches())
                        .forEach(this::read);
            } catch (IOException e) {
                LOG.warn("{} cannot be read: {}", dir, e.getClass().getSimpleName());
            }
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
        Known file = NAME.matcher(name).matches() ? read(name) : null;
        if (file == null) {
            throw new PatchbayException(ErrorCategory.NOT_FOUND, null, "No TwiML template of this name");
        }
        TwimlTemplate template = file.good();
        return template == null ? Twiml.sayAndHangup(APOLOGY, null, null) : template.fill(values);
    }

    private @Nullable Known read(String name) {
        Path file = dir.resolve(name + SUFFIX);
        try {
            String text = Files.readString(file);
            return known.compute(
                    name,
                    (key, before) -> before != null && before.text().equals(text) ? before : next(file, text, before));
        } catch (NoSuchFileException gone) {
            known.remove(name);
            return null;
        } catch (IOException unreadable) {
            LOG.error("{} cannot be read: {}", file, unreadable.getClass().getSimpleName());
            return known.computeIfAbsent(name, key -> new Known("", null));
        }
    }

    private static Known next(Path file, String text, @Nullable Known before) {
        try {
            return new Known(text, TwimlTemplate.parse(text));
        } catch (SAXParseException refused) {
            TwimlTemplate good = before == null ? null : before.good();
            LOG.error(
                    "{}:{}: {}; {}",
                    file,
                    refused.getLineNumber(),
                    refused.getMessage(),
                    good == null ? "callers hear an apology" : "the version before is served");
            return new Known(text, good);
        }
    }
}
