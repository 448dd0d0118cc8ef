package dev.patchbay.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a CSV text (RFC 4180: commas, quotes, doubled quotes, line breaks within quotes; UTF-8, with or without a
 * byte order mark), one at a time. A row that is wrong is one row with a fault, and the next one is read; of a row no more
 * is kept than a customer may have. Empty lines are left out.
 */
final class CsvRows {

    /** Put in place of bytes that are no UTF-8. */
    static final char REPLACEMENT = '\uFFFD';

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private static final CsvFactory CSV = CsvFactory.builder()
            .enable(CsvParser.Feature.WRAP_AS_ARRAY)
            .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(CustomerFields.LONGEST)
                    .build())
            .build();

    /**
     * One row.
     *
     * @param line where it begins, 1 for the first line
     * @param cells as written, without their quotes; those beyond the most a customer may have are left out
     * @param fault why it cannot be used; null when it can
     */
    record Row(int line, List<String> cells, @Nullable String fault) {}

    private final CsvParser parser;

    CsvRows(InputStream bytes) throws IOException {
        PushbackReader text = new PushbackReader(new InputStreamReader(bytes, StandardCharsets.UTF_8));
        skipByteOrderMark(text);
        parser = CSV.createParser((Reader) text);
    }

    /** The next row; null after the last. */
    @Nullable
    Row next() throws IOException {
        List<String> cells = new ArrayList<>();
        String fault = null;
        int line = 0;
        long faultAt = -1;
        while (true) {
            try {
                JsonToken token = parser.nextToken();
                if (token == null) {
                    return null;
                }
                switch (token) {
                    case START_ARRAY -> line = parser.currentLocation().getLineNr();
                    case END_ARRAY -> {
                        // The text as a whole is an array too, which ends without a cell of its own.
                        if (!cells.isEmpty() || fault != null) {
                            return new Row(line, cells, fault);
                        }
                    }
                    default -> {
                        if (cells.size() <= CustomerFields.MOST) {
                            cells.add(parser.getText());
                        }
                    }
                }
            } catch (JsonProcessingException e) {
                // The parser goes on behind the place where it stopped, up to the end of the line.
                long at = parser.currentLocation().getCharOffset();
                if (at == faultAt) {
                    throw new IOException("The CSV text cannot be read on from line " + line, e);
                }
                faultAt = at;
                fault = e instanceof StreamConstraintsException
                        ? "a quote is not closed, or a text is longer than " + CustomerFields.LONGEST + " characters"
                        : "a quote is not closed, or something follows a closing quote";
            }
        }
    }

    private static void skipByteOrderMark(PushbackReader text) throws IOException {
        int first = text.read();
        if (first >= 0 && first != BYTE_ORDER_MARK) {
            text.unread(first);
        }
    }
}
