package dev.patchbay.store;

import static dev.patchbay.store.CustomerFields.ID;
import static dev.patchbay.store.CustomerFields.PHONE;

import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.PatchbayException;
import dev.patchbay.http.BodyStream;
import dev.patchbay.store.CsvRows.Row;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads customers from CSV: the first line names the fields, {@code phone} among them, every other line is a customer, new
 * or changed by its number. A cell that is empty leaves its field as it is. A line that is wrong is left out and reported;
 * the others are stored, so that a corrected file can simply be sent again.
 */
public final class CustomerImport {

    private final CustomerStore customers;

    public CustomerImport(CustomerStore customers) {
        this.customers = customers;
    }

    /**
     * Stores the customers of a request's body while it comes in.
     *
     * @return {@code {imported, updated, failed, errors: [{line, field, detail}]}}
     * @throws PatchbayException {@code INVALID_REQUEST} when the first line does not name fields or the body breaks off,
     *     {@code TOO_LARGE} when it has no end
     */
    public Map<String, @Nullable Object> read(BodyStream body) {
        ImportReport report = new ImportReport();
        try (InputStream bytes = body.open()) {
            return read(bytes, report);
        } catch (IOException e) {
            throw report.brokenOff(ErrorCategory.INVALID_REQUEST, "body broke off or cannot be read as CSV");
        } catch (PatchbayException e) {
            throw e.category() == ErrorCategory.TOO_LARGE
                    ? report.brokenOff(ErrorCategory.TOO_LARGE, String.valueOf(e.getMessage()))
                    : e;
        }
    }

    Map<String, @Nullable Object> read(InputStream bytes, ImportReport report) throws IOException {
        CsvRows rows = new CsvRows(bytes);
        List<String> fields = fields(rows.next());
        CustomerBatch batch = customers.batch();
        for (Row row = rows.next(); row != null; row = rows.next()) {
            Map<String, Object> customer = customer(fields, row, report);
            if (customer != null) {
                batch.add(row.line(), customer);
            }
            if (batch.isFull()) {
                batch.store(report);
            }
        }
        batch.store(report);
        return report.json();
    }

    static List<String> fields(@Nullable Row header) {
        if (header == null) {
            throw invalid("body is empty; its first line must name the fields, phone among them");
        }
        if (header.fault() != null) {
            throw invalid("line 1: " + header.fault());
        }
        List<String> fields = new ArrayList<>();
        for (String cell : header.cells()) {
            String field = CustomerFields.name(cell.trim());
            if (field.equals(ID)) {
                throw invalid("id is given by Patchbay and cannot be imported; an id of yours is customer_id");
            }
            if (fields.contains(field)) {
                throw invalid(field + " is named twice in the first line");
            }
            fields.add(field);
        }
        if (!fields.contains(PHONE)) {
            throw invalid("phone is missing; the first line must name the fields, phone among them");
        }
        if (fields.size() > CustomerFields.MOST) {
            throw invalid("line 1: names more than " + CustomerFields.MOST + " fields");
        }
        return fields;
    }

    /** The customer of a line; null when the line was reported instead. */
    static @Nullable Map<String, Object> customer(List<String> fields, Row row, ImportReport report) {
        if (row.fault() != null) {
            report.failed(row.line(), null, row.fault());
            return null;
        }
        if (row.cells().size() != fields.size()) {
            report.failed(
                    row.line(),
                    null,
                    "has %d cells, and the first line names %d fields"
                            .formatted(row.cells().size(), fields.size()));
            return null;
        }
        Map<String, Object> customer = new LinkedHashMap<>();
        for (int i = 0; i < fields.size(); i++) {
            String cell = row.cells().get(i);
            try {
                Object value = cell.isBlank() ? null : value(fields.get(i), cell);
                if (value != null) {
                    customer.put(fields.get(i), value);
                } else if (fields.get(i).equals(PHONE)) {
                    throw invalid("phone is missing");
                }
            } catch (PatchbayException e) {
                report.failed(row.line(), fields.get(i), String.valueOf(e.getMessage()));
                return null;
            }
        }
        return customer;
    }

    private static @Nullable Object value(String field, String cell) {
        if (cell.indexOf(CsvRows.REPLACEMENT) >= 0) {
            throw invalid(field + " is not UTF-8");
        }
        return CustomerFields.cell(field, cell);
    }

    private static PatchbayException invalid(String message) {
        return new PatchbayException(ErrorCategory.INVALID_REQUEST, null, message);
    }
}
