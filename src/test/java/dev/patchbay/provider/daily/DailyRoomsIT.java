package dev.patchbay.provider.daily;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.PatchbayException;
import dev.patchbay.provider.ProviderClients;
import dev.patchbay.session.Seeds;
import dev.patchbay.session.SessionRequest;
import dev.patchbay.session.SessionRequests;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of a room when Daily does not do what it is asked. */
class DailyRoomsIT {

    private final Vertx vertx = Vertx.vertx();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final SessionRequest request = new SessionRequests().read(Seeds.DAILY);
    private volatile int status = 200;
    private volatile String body = "{}";
    private DailyRooms rooms;

    @BeforeEach
    void start() throws Exception {
        HttpServer server = vertx.createHttpServer()
                .requestHandler(asking -> {
                    asked.add(asking.method() + " " + asking.path());
                    asking.response().setStatusCode(status).end(body);
                })
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        rooms = new DailyRooms(
                new ProviderClients(vertx)
                        .of(
                                "daily",
                                URI.create("http://127.0.0.1:" + server.actualPort()),
                                Map.of("Authorization", "Bearer k")),
                Duration.ofHours(1),
                Clock.systemUTC(),
                Runnable::run);
    }

    @AfterEach
    void stop() {
        vertx.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            400 | {"error":"invalid-request-error","info":"bad exp"}  | INVALID_REQUEST | daily answered 400: invalid-request-error bad exp
            401 | {"error":"authentication-error"}                    | PROVIDER_FAILED | daily answered 401: authentication-error
            """)
    void aRoomThatIsRefusedIsToldInOneWayAndAskedForOnce(
            int status, String body, ErrorCategory category, String message) {
        assertThat(failure(status, body).category()).isEqualTo(category);
        assertThat(failure(status, body)).hasMessageStartingWith(message);
        assertThat(asked).containsExactly("POST /rooms", "POST /rooms");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            500 | {"error":"server-error"} | daily answered 500: server-error
            200 | <html>                   | daily answered 200 with something
            200 | {"name":"x"}             | daily answered without url
            """)
    void aRoomThatMayHaveBeenMadeIsAskedForOnceAndDeleted(int status, String body, String message) {
        PatchbayException failure = failure(status, body);

        assertThat(failure.category()).isEqualTo(ErrorCategory.PROVIDER_FAILED);
        assertThat(failure).hasMessageStartingWith(message);
        assertThat(asked).containsExactly("POST /rooms", "DELETE /rooms/" + request.id());
    }

    private PatchbayException failure(int status, String body) {
        this.status = status;
        this.body = body;
        return catchThrowableOfType(PatchbayException.class, () -> rooms.create(request));
    }

    @Test
    void aRoomThatNobodyCanEnterIsDeleted() {
        body = "{\"url\":\"https://x.daily.co/r\"}";
        DailyRoom room = rooms.create(request);
        status = 500;

        PatchbayException refused = catchThrowableOfType(PatchbayException.class, () -> rooms.admit(room, request));

        assertThat(refused.category()).isEqualTo(ErrorCategory.PROVIDER_FAILED);
        assertThat(asked).containsExactly("POST /rooms", "POST /meeting-tokens", "DELETE /rooms/" + request.id());
    }

    @Test
    void aRoomThatIsGoneIsDeletedAndOneThatIsRefusedIsNot() {
        status = 404;
        rooms.delete("gone");
        status = 403;

        assertThat(catchThrowableOfType(PatchbayException.class, () -> rooms.delete("other"))
                        .category())
                .isEqualTo(ErrorCategory.PROVIDER_FAILED);
        assertThat(asked).containsExactly("DELETE /rooms/gone", "DELETE /rooms/other");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"<html>", "{}", "{\"deleted\":false}"})
    void aRoomIsDeletedOnlyWhenDailySaysSo(String body) {
        this.body = body;

        assertThat(catchThrowableOfType(PatchbayException.class, () -> rooms.delete("this"))
                        .category())
                .isEqualTo(ErrorCategory.PROVIDER_FAILED);
    }
}
