package dev.patchbay.store;

import dev.patchbay.call.Call;
import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.PatchbayException;
import dev.patchbay.session.Session;
import dev.patchbay.session.SessionJson;
import dev.patchbay.session.SessionRequest;
import dev.patchbay.session.SessionStatus;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The sessions as the REST API shows them (DESIGN section 5, "Shapes"). {@code limit} is 1 to 200, 50 when not given. */
public final class SessionLog {

    private final SessionStore sessions;
    private final CallStore calls;

    public SessionLog(SessionStore sessions, CallStore calls) {
        this.sessions = sessions;
        this.calls = calls;
    }

    /** The session of a call that was placed. */
    public Session ofCall(SessionRequest request, Call call) {
        return Session.call(request.provider(), call, request.config().given());
    }

    /** Keeps a new session. From now on the session of a call goes where the call goes. */
    public Map<String, @Nullable Object> opened(Session session) {
        sessions.insert(session);
        calls.follow(session.id()).ifPresent(call -> {
            Instant at = call.endedAt() == null ? Instant.now() : call.endedAt();
            sessions.advance(session.id(), call.status().wire(), at);
        });
        return SessionJson.of(sessions.find(session.id()).orElse(session));
    }

    /** Sessions, newest first, without their tokens. */
    public Map<String, @Nullable Object> list(
            @Nullable String provider, @Nullable String status, @Nullable String cursor, @Nullable String limit) {
        String wanted = given(status);
        if (wanted != null && !SessionStatus.isKnown(wanted)) {
            throw new PatchbayException(ErrorCategory.INVALID_REQUEST, null, "status is no status of a session");
        }
        ListQuery query = ListQuery.of(cursor, limit);
        return ListQuery.shape(
                "sessions", sessions.list(given(provider), wanted, query.cursor(), query.limit()), SessionJson::listed);
    }

    /** One session, by our id, or that of its call at the provider. */
    public Map<String, @Nullable Object> get(String id) {
        return SessionJson.of(find(id));
    }

    /** @throws PatchbayException not found */
    public Session find(String id) {
        return sessions.find(id)
                .or(() -> calls.find(id).map(Call::id).flatMap(sessions::find))
                .orElseThrow(() -> new PatchbayException(ErrorCategory.NOT_FOUND, null, "No session " + id));
    }

    /** A room is closed; nobody else says so. */
    public void ended(Session session) {
        sessions.advance(session.id(), SessionStatus.ENDED, Instant.now());
    }

    private static @Nullable String given(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.trim();
    }
}
