package dev.patchbay.flow;

import io.vertx.core.http.HttpServerRequest;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A way in which a provider fails, one line each: the status that the REST API makes of it (DESIGN section 5), how often
 * the provider is asked for what must not be done twice and for everything else, and what it does.
 */
enum Fault {
    // Those that the breaker counts are not neighbours: a provider that fails every other time is left alone.
    UNAUTHORIZED(502, 1, 1, request -> page(request, 401)),
    PAGE(502, 1, 1, request -> page(request, 200)),
    ERROR(502, 1, 1, request -> json(request, 500, "{\"code\":20500,\"message\":\"Oops\"}")),
    TRUNCATED(502, 1, 1, request -> json(request, 200, "{\"sid\":\"SM1\",\"call_id\":\"c1\",\"url\":\"https")),
    EMPTY(502, 1, 1, request -> request.response().end()),
    ERROR_PAGE(502, 1, 1, request -> page(request, 503)),
    NULL(502, 1, 1, request -> json(request, 200, "null")),
    OTHER_JSON(502, 1, 1, request -> json(request, 200, "{\"sid\":null,\"call_id\":7,\"url\":{},\"ok\":true}")),
    RESET(502, 1, 2, request -> request.connection().close()),
    TOO_MANY_FOR_A_MINUTE(503, 1, 1, request -> tooMany(request, "60")),
    /** Asked again, it is well. */
    TOO_MANY_ONCE(200, 2, 2, request -> tooMany(request, "0")),
    BREAKS_OFF(502, 1, 2, request -> {
        request.response().setChunked(true).putHeader("Content-Type", "application/json");
        request.response().write("{\"sid\":").onComplete(written -> request.connection()
                .close());
    }),
    /** The gateway waits longer every time, some 4 s together. */
    TOO_MANY(503, 4, 4, request -> tooMany(request, null)),
    /** Takes all the time that there is. */
    SILENT(504, 1, 1, request -> {});

    private final int status;
    private final int created;
    private final int asked;
    private final Consumer<HttpServerRequest> answer;

    Fault(int status, int created, int asked, Consumer<HttpServerRequest> answer) {
        this.status = status;
        this.created = created;
        this.asked = asked;
        this.answer = answer;
    }

    int status() {
        return status;
    }

    /** How often the provider is asked. */
    int times(Ask ask) {
        boolean headIsEnough = ask == Ask.RECORDING_FETCH && this == BREAKS_OFF; // it says that this is no recording
        return ask.onlyOnce() || headIsEnough ? created : asked;
    }

    boolean passes() {
        return status == 200;
    }

    /** Whether the provider's circuit breaker counts it. */
    boolean counts() {
        return Set.of(ERROR, ERROR_PAGE, RESET, BREAKS_OFF, SILENT).contains(this);
    }

    /** Whether it stands for its kind, where not all of a kind are tried. */
    boolean isTypical() {
        return Set.of(ERROR, RESET, PAGE, TOO_MANY_FOR_A_MINUTE, TOO_MANY_ONCE, TOO_MANY, SILENT)
                .contains(this);
    }

    /** Whether it takes seconds. */
    boolean isSlow() {
        return this == TOO_MANY || this == SILENT;
    }

    void answer(HttpServerRequest request) {
        answer.accept(request);
    }

    private static void json(HttpServerRequest request, int status, String body) {
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(body);
    }

    private static void page(HttpServerRequest request, int status) {
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "text/html")
                .end("<html><body>java.lang.NullPointerException at com.acme.Proxy</body></html>");
    }

    private static void tooMany(HttpServerRequest request, String retryAfter) {
        if (retryAfter != null) {
            request.response().putHeader("Retry-After", retryAfter);
        }
        json(request, 429, "{\"code\":20429,\"message\":\"Slow down\"}");
    }
}
