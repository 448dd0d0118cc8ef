package dev.patchbay.store;

import dev.patchbay.call.Call;
import dev.patchbay.call.CallOutcome;
import dev.patchbay.call.CallStatus;
import dev.patchbay.call.Direction;
import dev.patchbay.call.MediaFigures;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.Objects;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** Calls as documents of {@code calls}: the REST API's names, dates in milliseconds, empty fields left out. */
final class CallDocuments {

    static final String CALL_SID = "call_sid";
    static final String PROVIDER = "provider";
    static final String PROVIDER_CALL_ID = "provider_call_id";
    static final String AGENT_ID = "agent_id";
    static final String STATUS = "status";
    static final String ANSWERED_AT = "answered_at";
    static final String ENDED_AT = "ended_at";
    static final String DURATION = "duration";
    static final String ENDED_BY = "ended_by";
    static final String ERROR = "error";
    static final String MEDIA = "media";

    static final String DISCONNECTION_REASON = "disconnection_reason";
    static final String ANALYSIS = "analysis";

    private static final String STARTED_AT = "started_at";

    private CallDocuments() {}

    static Document of(Call call) {
        Document document = new Document("_id", call.id());
        set(document, CALL_SID, call.callSid());
        set(document, PROVIDER, call.provider());
        set(document, PROVIDER_CALL_ID, call.providerCallId());
        set(document, "direction", call.direction().wire());
        set(document, "from", call.from());
        set(document, "to", call.to());
        set(document, AGENT_ID, call.agentId());
        set(document, STATUS, call.status().wire());
        set(document, STARTED_AT, Date.from(call.startedAt()));
        set(document, ANSWERED_AT, call.answeredAt() == null ? null : Date.from(call.answeredAt()));
        set(document, ENDED_AT, call.endedAt() == null ? null : Date.from(call.endedAt()));
        set(document, DURATION, call.duration());
        set(document, ENDED_BY, call.endedBy());
        set(document, ERROR, call.error());
        set(document, MEDIA, of(call.media()));
        document.putAll(of(call.outcome()));
        return document;
    }

    static Document of(MediaFigures media) {
        Document document = new Document("frames_in", media.framesIn())
                .append("frames_out", media.framesOut())
                .append("dropped", media.dropped())
                .append("late", media.late());
        set(document, "first_audio_ms", media.firstAudioMs());
        return document;
    }

    static Call call(Document document) {
        return new Call(
                document.getString("_id"),
                document.getString(CALL_SID),
                document.getString(PROVIDER),
                document.getString(PROVIDER_CALL_ID),
                Direction.of(document.getString("direction")).orElse(Direction.INBOUND),
                document.getString("from"),
                document.getString("to"),
                document.getString(AGENT_ID),
                CallStatus.of(document.getString(STATUS)).orElse(CallStatus.QUEUED),
                Objects.requireNonNull(time(document, STARTED_AT), "A call has a start"),
                time(document, ANSWERED_AT),
                time(document, ENDED_AT),
                document.getInteger(DURATION),
                document.getString(ENDED_BY),
                document.getString(ERROR),
                media(document.get(MEDIA, Document.class)),
                new CallOutcome(document.getString(DISCONNECTION_REASON), analysis(document)));
    }

    /** The fields that the provider has said something about. */
    static Document of(CallOutcome outcome) {
        Document document = new Document();
        set(document, DISCONNECTION_REASON, outcome.disconnectionReason());
        if (!outcome.analysis().isEmpty()) {
            document.put(ANALYSIS, JsonValues.document(outcome.analysis()));
        }
        return document;
    }

    private static Map<String, Object> analysis(Document document) {
        Document analysis = document.get(ANALYSIS, Document.class);
        return analysis == null ? Map.of() : JsonValues.of(analysis);
    }

    /** Sets a field that has a value; an update must not empty one that another writer has filled. */
    static void set(Document document, String field, @Nullable Object value) {
        if (value != null) {
            document.put(field, value);
        }
    }

    private static MediaFigures media(@Nullable Document media) {
        if (media == null) {
            return MediaFigures.NONE;
        }
        return new MediaFigures(
                media.getLong("frames_in"),
                media.getLong("frames_out"),
                media.getLong("dropped"),
                media.getLong("late"),
                media.getLong("first_audio_ms"));
    }

    private static @Nullable Instant time(Document document, String field) {
        Date date = document.getDate(field);
        return date == null ? null : date.toInstant();
    }
}
