package dev.patchbay.provider.daily;

import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.PatchbayException;
import dev.patchbay.provider.ProviderAnswer;
import dev.patchbay.provider.ProviderClient;
import dev.patchbay.provider.ProviderRequest;
import dev.patchbay.session.Session;
import dev.patchbay.session.SessionRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Rooms and meeting tokens over Daily's REST API (CONTRACTS 6). Blocks: for worker threads only. */
public final class DailyRooms {

    static final String ROOMS = "/rooms";
    static final String TOKENS = "/meeting-tokens";

    private static final Logger LOG = LoggerFactory.getLogger(DailyRooms.class);

    private final ProviderClient client;
    private final Duration lifetime;
    private final Clock clock;
    private final Executor worker;

    /**
     * @param lifetime of a room and its tokens
     * @param worker deletes rooms that nobody can enter: after a time-out the request itself has no time left
     */
    public DailyRooms(ProviderClient client, Duration lifetime, Clock clock, Executor worker) {
        this.client = client;
        this.lifetime = lifetime;
        this.clock = clock;
        this.worker = worker;
    }

    /** Creates the room of a session, named by the session's id. One that may be there after a failure is deleted. */
    public DailyRoom create(SessionRequest request) {
        Instant expiresAt = clock.instant().plus(lifetime);
        ProviderRequest order = ProviderRequest.create(ROOMS, DailyRequests.room(request, expiresAt));
        ProviderAnswer answer;
        try {
            answer = client.send(order);
            if (answer.isSuccess()) {
                return new DailyRoom(request.id(), text(answer, "url"), expiresAt);
            }
        } catch (PatchbayException e) {
            if (e.category() != ErrorCategory.UNAVAILABLE) { // then Daily has made nothing
                abandon(request.id());
            }
            throw e;
        }
        throw refused(answer);
    }

    /** Makes the participant's token. Without one nobody needs the room: it is deleted when that fails. */
    public Session admit(DailyRoom room, SessionRequest request) {
        try {
            ProviderAnswer answer = client.send(ProviderRequest.create(TOKENS, DailyRequests.token(request, room)));
            if (!answer.isSuccess()) {
                throw refused(answer);
            }
            return Session.room(
                    request.id(),
                    "daily",
                    clock.instant().truncatedTo(ChronoUnit.MILLIS), // as it will be read
                    room.url(),
                    text(answer, "token"),
                    request.config().given());
        } catch (PatchbayException e) {
            abandon(room.name());
            throw e;
        }
    }

    /** Deletes a room; one that is not there is deleted. */
    public void delete(String name) {
        ProviderAnswer answer =
                client.send(ProviderRequest.delete(ROOMS + "/" + URLEncoder.encode(name, StandardCharsets.UTF_8)));
        if (answer.status() == 404) {
            return;
        }
        if (!answer.isSuccess()) {
            throw refused(answer);
        }
        if (!Boolean.TRUE.equals(answer.json().getValue("deleted"))) {
            throw new PatchbayException(
                    ErrorCategory.PROVIDER_FAILED, "daily", "daily did not say that the room is deleted");
        }
    }

    private void abandon(String room) {
        worker.execute(() -> {
            try {
                delete(room);
            } catch (PatchbayException left) {
                LOG.warn("Session {}: its room, if there is one, stays until it expires: {}", room, left.getMessage());
            }
        });
    }

    /** What Daily finds wrong with a room is the caller's; a refused key is ours. */
    private static PatchbayException refused(ProviderAnswer answer) {
        ErrorCategory category =
                switch (answer.status()) {
                    case 400 -> ErrorCategory.INVALID_REQUEST;
                    case 404 -> ErrorCategory.NOT_FOUND;
                    case 422 -> ErrorCategory.UNPROCESSABLE;
                    default -> ErrorCategory.PROVIDER_FAILED;
                };
        return new PatchbayException(category, "daily", answer.reason());
    }

    private static String text(ProviderAnswer answer, String field) {
        if (answer.json().getValue(field) instanceof String text && !text.isBlank()) {
            return text;
        }
        throw new PatchbayException(ErrorCategory.PROVIDER_FAILED, "daily", "daily answered without " + field);
    }
}
