package dev.patchbay.http.openapi;

import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.Problem;
import dev.patchbay.http.ProblemResponse;
import dev.patchbay.http.PublicHandler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Supplier;

/**
 * {@code /openapi.json}, the document for programs, and {@code /docs}, the same for people: Swagger UI from the class
 * path, with nothing from anywhere else. Open without a key.
 */
public final class ApiPages implements PublicHandler {

    private static final String SWAGGER = "META-INF/resources/webjars/swagger-ui/%s/";
    private static final String PAGE = "index.html";

    /** What the page may do: run and load what comes from here, and ask us. */
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final Supplier<Optional<ApiEdition>> editions;
    private final Map<String, Asset> assets;

    /**
     * @param resource on the class path
     * @param type its media type
     */
    private record Asset(String resource, String type) {}

    /** @param editions the document of the moment; empty while there is none */
    public ApiPages(Supplier<Optional<ApiEdition>> editions) {
        this.editions = editions;
        String swagger = SWAGGER.formatted(version());
        this.assets = Map.of(
                PAGE,
                new Asset("docs/index.html", "text/html; charset=utf-8"),
                "start.js",
                new Asset("docs/start.js", "text/javascript; charset=utf-8"),
                "swagger-ui.css",
                new Asset(swagger + "swagger-ui.css", "text/css; charset=utf-8"),
                "swagger-ui-bundle.js",
                new Asset(swagger + "swagger-ui-bundle.js", "text/javascript; charset=utf-8"));
    }

    @Override
    public void mount(Router router) {
        router.get("/openapi.json").handler(this::document);
        router.get("/docs").handler(request -> asset(request, PAGE));
        router.get("/docs/:file").handler(request -> asset(request, request.pathParam("file")));
    }

    private void document(RoutingContext request) {
        Optional<ApiEdition> edition = editions.get();
        if (edition.isEmpty()) {
            ProblemResponse.send(
                    request,
                    Problem.of(ErrorCategory.UNAVAILABLE, "The document of the API has a mistake; see the log"));
            return;
        }
        request.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
                .putHeader("X-Content-Type-Options", "nosniff")
                .end(edition.get().json());
    }

    /** Read anew each time: browsers keep it for an hour, and we need the memory for calls. */
    private void asset(RoutingContext request, String name) {
        Asset asset = assets.get(name);
        if (asset == null) {
            request.fail(404);
            return;
        }
        request.vertx()
                .executeBlocking(() -> read(asset.resource()), false)
                .onFailure(request::fail)
                .onSuccess(content -> request.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, asset.type())
                        .putHeader(HttpHeaders.CACHE_CONTROL, "public, max-age=3600")
                        .putHeader("Content-Security-Policy", POLICY)
                        .putHeader("X-Content-Type-Options", "nosniff")
                        .putHeader("Referrer-Policy", "no-referrer")
                        .end(content));
    }

    private static Buffer read(String resource) throws IOException {
        try (InputStream in = ApiPages.class.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException(resource + " is not on the class path");
            }
            return Buffer.buffer(in.readAllBytes());
        }
    }

    private static String version() {
        Properties swagger = new Properties();
        try {
            swagger.load(new ByteArrayInputStream(
                    read("META-INF/maven/org.webjars/swagger-ui/pom.properties").getBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return swagger.getProperty("version");
    }
}
