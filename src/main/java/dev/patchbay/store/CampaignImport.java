package dev.patchbay.store;

import dev.patchbay.call.Ids;
import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.PatchbayException;
import dev.patchbay.http.BodyStream;
import dev.patchbay.store.CampaignStore.CampaignCall;
import dev.patchbay.store.CsvRows.Row;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the calls of a campaign from CSV, like customers ({@link CustomerImport}): {@code phone}, and if it likes {@code
 * time_zone}; every other column is told to the agent. A line that is wrong, or whose number was there before, is left out
 * and reported. A file that breaks off is no campaign.
 */
public final class CampaignImport {

    static final String TIME_ZONE = "time_zone";

    private static final int MOST = 50_000;
    private static final int BATCH = 500;

    private final CampaignStore campaigns;
    private final Clock clock;

    public CampaignImport(CampaignStore campaigns, Clock clock) {
        this.campaigns = campaigns;
        this.clock = clock;
    }

    /**
     * Stores a campaign, whose calls are due from now on.
     *
     * @return {@code {id, calls, failed, errors: [{line, field, detail}]}}
     * @throws PatchbayException {@code INVALID_REQUEST} when the first line does not name fields, the body breaks off or is
     *     too long, {@code TOO_LARGE} when it has no end
     */
    public Map<String, @Nullable Object> read(BodyStream body, String agentId) {
        try (InputStream bytes = body.open()) {
            return read(bytes, agentId);
        } catch (IOException e) {
            throw invalid("body broke off or cannot be read as CSV; there is no campaign");
        }
    }

    Map<String, @Nullable Object> read(InputStream bytes, String agentId) throws IOException {
        Instant now = clock.instant();
        String id = Ids.next();
        ImportReport report = new ImportReport();
        boolean whole = false;
        try {
            campaigns.open(id, agentId, now);
            store(bytes, id, report);
            campaigns.begin(id, now);
            whole = true;
        } finally {
            if (!whole) {
                campaigns.discard(id);
            }
        }
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("id", id);
        Map<String, @Nullable Object> counted = report.json();
        json.put("calls", counted.get("imported"));
        json.put("failed", counted.get("failed"));
        json.put("errors", counted.get("errors"));
        return json;
    }

    private void store(InputStream bytes, String id, ImportReport report) throws IOException {
        CsvRows rows = new CsvRows(bytes);
        List<String> fields = CustomerImport.fields(rows.next());
        Set<String> numbers = new HashSet<>();
        List<CampaignCall> batch = new ArrayList<>();
        for (Row row = rows.next(); row != null; row = rows.next()) {
            CampaignCall call = call(id, fields, row, numbers, report);
            if (call != null) {
                batch.add(call);
                report.imported();
            }
            if (numbers.size() > MOST) {
                throw invalid("body has more than " + MOST + " numbers");
            }
            if (batch.size() == BATCH) {
                campaigns.add(batch);
                batch.clear();
            }
        }
        campaigns.add(batch);
    }

    private static @Nullable CampaignCall call(
            String id, List<String> fields, Row row, Set<String> numbers, ImportReport report) {
        Map<String, Object> cells = CustomerImport.customer(fields, row, report);
        if (cells == null) {
            return null;
        }
        String phone = String.valueOf(cells.remove(CustomerFields.PHONE));
        Object zone = cells.remove(TIME_ZONE);
        if (zone != null && !isZone(zone.toString())) {
            report.failed(row.line(), TIME_ZONE, TIME_ZONE + " is no time zone such as Europe/Berlin");
            return null;
        }
        if (!numbers.add(phone)) {
            report.failed(row.line(), CustomerFields.PHONE, "phone was on an earlier line");
            return null;
        }
        return CampaignStore.call(id, phone, zone == null ? null : zone.toString(), cells);
    }

    private static boolean isZone(String given) {
        try {
            ZoneId.of(given);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static PatchbayException invalid(String message) {
        return new PatchbayException(ErrorCategory.INVALID_REQUEST, null, message);
    }
}
