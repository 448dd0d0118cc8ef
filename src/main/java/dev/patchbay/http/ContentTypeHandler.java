package dev.patchbay.http;

import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.Problem;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Answers 415 to a request whose body is not declared as what is read here. With JSON it also keeps web pages out: a page
 * of another origin may post forms and plain text to us without asking, but not JSON.
 */
public final class ContentTypeHandler implements Handler<RoutingContext> {

    /** What the REST API reads unless its document says otherwise. */
    public static final ContentTypeHandler JSON = new ContentTypeHandler(Set.of("application/json"));

    private static final Set<HttpMethod> WITH_BODY = Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH);

    private final Set<String> types;

    /** @param types media types in lower case, without parameters */
    public ContentTypeHandler(Set<String> types) {
        this.types = Set.copyOf(types);
    }

    @Override
    public void handle(RoutingContext context) {
        if (admits(context)) {
            context.next();
        }
    }

    /** True for a request whose body, if any, is of one of the types; another one has been answered. */
    public boolean admits(RoutingContext context) {
        HttpServerRequest request = context.request();
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        if (!WITH_BODY.contains(request.method()) || types.contains(bare(type)) || (type == null && isEmpty(request))) {
            return true;
        }
        ProblemResponse.send(
                context,
                Problem.of(
                        ErrorCategory.UNSUPPORTED_MEDIA_TYPE,
                        "Content-Type must be " + String.join(" or ", new TreeSet<>(types))));
        return false;
    }

    /** A Content-Type without its parameters, in lower case; empty when there is none. */
    static String bare(@Nullable String type) {
        return type == null ? "" : type.split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
    }

    private static boolean isEmpty(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return request.getHeader(HttpHeaders.TRANSFER_ENCODING) == null && (length == null || length.equals("0"));
    }
}
