package dev.patchbay.store;

import static dev.patchbay.store.CallDocuments.set;

import dev.patchbay.session.Session;
import dev.patchbay.session.Session.Participant;
import java.time.Instant;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** Sessions as documents of {@code sessions}: the REST API's names, empty fields left out, participants by their ids. */
final class SessionDocuments {

    static final String PROVIDER = "provider";
    static final String STATUS = "status";
    static final String ENDED_AT = "ended_at";
    static final String PARTICIPANTS = "participants";
    static final String RECORDING = "recording";

    private static final String CREATED_AT = "created_at";
    private static final String CONFIG = "config";

    private SessionDocuments() {}

    static Document of(Session session) {
        Document document = new Document("_id", session.id())
                .append(PROVIDER, session.provider())
                .append(STATUS, session.status())
                .append(CREATED_AT, Date.from(session.createdAt()));
        set(document, ENDED_AT, session.endedAt() == null ? null : Date.from(session.endedAt()));
        set(document, "call_sid", session.callSid());
        set(document, "call_id", session.callId());
        set(document, "room_url", session.roomUrl());
        set(document, "token", session.token());
        if (!session.config().isEmpty()) {
            document.put(CONFIG, JsonValues.document(session.config()));
        }
        return document;
    }

    static Session session(Document document) {
        return new Session(
                document.getString("_id"),
                document.getString(PROVIDER),
                document.getString(STATUS),
                Objects.requireNonNull(time(document, CREATED_AT), "A session has a start"),
                time(document, ENDED_AT),
                document.getString("call_sid"),
                document.getString("call_id"),
                document.getString("room_url"),
                document.getString("token"),
                json(document, CONFIG),
                participants(document.get(PARTICIPANTS, Document.class)),
                json(document, RECORDING));
    }

    private static Map<String, Object> json(Document document, String field) {
        Document json = document.get(field, Document.class);
        return json == null ? Map.of() : JsonValues.of(json);
    }

    private static List<Participant> participants(@Nullable Document participants) {
        if (participants == null) {
            return List.of();
        }
        return participants.keySet().stream()
                .map(id -> participant(id, participants.get(id, Document.class)))
                .sorted(Comparator.comparing(
                        Participant::joinedAt, Comparator.nullsFirst(Comparator.<Instant>naturalOrder())))
                .toList();
    }

    private static Participant participant(String id, Document participant) {
        return new Participant(
                id,
                participant.getString("name"),
                participant.getBoolean("is_owner", false),
                time(participant, "joined_at"),
                time(participant, "left_at"));
    }

    private static @Nullable Instant time(Document document, String field) {
        Date date = document.getDate(field);
        return date == null ? null : date.toInstant();
    }
}
