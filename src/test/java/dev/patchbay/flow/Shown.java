package dev.patchbay.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a document shows of an output, held against the output. Of JSON every member that is shown must be there, of a text
 * every line, in this order; more may be there, in a list where it ends with {@code "..."}. {@code ...} stands for anything. Ids, times and what is measured differ from
 * run to run: of these only the form is compared.
 */
final class Shown {

    private static final List<Pattern> DIFFER = List.of(
            Pattern.compile("(?<=\\b[A-Z]{2})[0-9a-f]{32}\\b"),
            Pattern.compile("\\b0[0-9A-HJKMNP-TV-Z]{25}\\b"),
            Pattern.compile("\\b\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z"),
            Pattern.compile("\\b\\d+(\\.\\d+)?(?= (?:ms|s|frames|received|lost|late|files)\\b)"),
            Pattern.compile("(?<=\\broutes-)\\d+"));
    private static final Pattern MEASURED = Pattern.compile(
            ".*_ms|millis|generation|version|files|frames_.*|lost|late|marks|clears|duration|port|close_code");

    private Shown() {}

    /** @param place of what is shown, for whoever reads the failure */
    static void inOutput(String place, String shown, String output) {
        if (shown.startsWith("{") && output.strip().startsWith("{")) {
            inValue(place + "\n" + output, new JsonObject(shown), new JsonObject(output.strip()), "");
        } else {
            assertThat(missing(shown, output))
                    .as("%s shows what is not in\n%s", place, output)
                    .isEmpty();
        }
    }

    /** The first line that is shown and not there; empty when there is none. */
    static String missing(String shown, String output) {
        Iterator<String> lines = form(output).lines().map(String::stripTrailing).iterator();
        for (String line : shown.lines().map(String::stripTrailing).toList()) {
            Pattern wanted = Pattern.compile(anything(form(line)));
            boolean found = line.isEmpty();
            while (!found && lines.hasNext()) {
                found = wanted.matcher(lines.next()).matches();
            }
            if (!found) {
                return line;
            }
        }
        return "";
    }

    private static String form(String text) {
        String form = text;
        for (Pattern differs : DIFFER) {
            form = differs.matcher(form).replaceAll("#");
        }
        return form;
    }

    private static String anything(String line) {
        return Pattern.quote(line).replace("...", "\\E.*\\Q");
    }

    private static void inValue(String place, Object shown, Object value, String path) {
        String at = place + "\n" + path;
        if (shown instanceof JsonObject object) {
            assertThat(value).as(at).isInstanceOf(JsonObject.class);
            for (String name : object.fieldNames()) {
                assertThat(((JsonObject) value).fieldNames()).as(at).contains(name);
                Object inner = ((JsonObject) value).getValue(name);
                if (!(MEASURED.matcher(name).matches() && inner instanceof Number)) {
                    inValue(place, object.getValue(name), inner, path + "." + name);
                }
            }
        } else if (shown instanceof JsonArray array) {
            assertThat(value).as(at).isInstanceOf(JsonArray.class);
            JsonArray given = (JsonArray) value;
            boolean more = array.size() > 0 && "...".equals(array.getValue(array.size() - 1));
            int size = more ? array.size() - 1 : array.size();
            assertThat(given.size()).as(at).isGreaterThanOrEqualTo(size);
            assertThat(more || given.size() == size).as(at + " has more").isTrue();
            for (int i = 0; i < size; i++) {
                inValue(place, array.getValue(i), given.getValue(i), path + "[" + i + "]");
            }
        } else if (shown instanceof String text) {
            assertThat(form(String.valueOf(value))).as(at).matches(Pattern.compile("(?s)" + anything(form(text))));
        } else {
            assertThat(value).as(at).isEqualTo(shown);
        }
    }
}
