package dev.patchbay.store;

import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.PatchbayException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of the lines of a file: {@code {imported, updated, failed, errors: [{line, field, detail}]}}. The errors are
 * those of the first {@value #MOST_ERRORS} lines that failed; {@code failed} counts all of them.
 */
final class ImportReport {

    private static final int MOST_ERRORS = 100;

    private final List<Map<String, @Nullable Object>> errors = new ArrayList<>();
    private int imported;
    private int updated;
    private int failed;

    void imported() {
        imported++;
    }

    void updated() {
        updated++;
    }

    /**
     * A line that was left out.
     *
     * @param field the field that is wrong; null when it is the line as a whole
     */
    void failed(int line, @Nullable String field, String detail) {
        failed++;
        if (errors.size() < MOST_ERRORS) {
            Map<String, @Nullable Object> error = new LinkedHashMap<>();
            error.put("line", line);
            error.put("field", field);
            error.put("detail", detail);
            errors.add(error);
        }
    }

    /** The same refusal, saying how far it came: what was stored stays stored. */
    PatchbayException brokenOff(ErrorCategory category, String reason) {
        return new PatchbayException(
                category, null, "%s; %d lines were stored before".formatted(reason, imported + updated));
    }

    Map<String, @Nullable Object> json() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("imported", imported);
        json.put("updated", updated);
        json.put("failed", failed);
        json.put("errors", List.copyOf(errors));
        return json;
    }
}
