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

    /** @param lifetime of a room and its tokens */
    public DailyRooms(ProviderClient client, Duration lifetime, Clock clock) {
        this.client = client;
        this.lifetime = lifetime;
        this.clock = clock;
    }

    /** Creates the room of a session, named by the session's id. */
    public DailyRoom create(SessionRequest request) {
        Instant expiresAt = clock.instant().plus(lifetime);
        ProviderAnswer answer = send(ProviderRequest.create(ROOMS, DailyRequests.room(request, expiresAt)));
        return new DailyRoom(request.id(), text(answer, "url"), expiresAt);
    }

    /** Makes the participant's token. Without one nobody needs the room: it is deleted when that fails. */
    public Session admit(DailyRoom room, SessionRequest request) {
        try {
            ProviderAnswer answer = send(ProviderRequest.create(TOKENS, DailyRequests.token(request, room)));
            return Session.room(
                    request.id(),
                    "daily",
                    clock.instant().truncatedTo(ChronoUnit.MILLIS), // as it will be read
                    room.url(),
                    text(answer, "token"),
                    request.config().given());
        } catch (PatchbayException e) {
            try {
                delete(room.name());
            } catch (PatchbayException left) {
                LOG.warn("Session {}: the room stays until it expires: {}", room.name(), left.getMessage());
            }
            throw e;
        }
    }

    /** Deletes a room; one that is not there is deleted. */
    public void delete(String name) {
        ProviderAnswer answer =
                client.send(ProviderRequest.delete(ROOMS + "/" + URLEncoder.encode(name, StandardCharsets.UTF_8)));
        if (!answer.isSuccess() && answer.status() != 404) {
            throw refused(answer);
        }
    }

    private ProviderAnswer send(ProviderRequest request) {
        ProviderAnswer answer = client.send(request);
        if (!answer.isSuccess()) {
            throw refused(answer);
        }
        return answer;
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
