package dev.patchbay.route;

import dev.patchbay.http.Access;
import dev.patchbay.http.ProblemResponse;
import dev.patchbay.http.openapi.ApiEditions;
import dev.patchbay.route.check.RouteCheck;
import dev.patchbay.route.check.RouteFolder;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** A small folder of routes with one entry, {@code GET /hello}, kept live as in the gateway, behind a socket of its own. */
final class LiveScene implements AutoCloseable {

    static final String HELLO = "api/api-hello-get.camel.yaml";
    static final String GREET = "operation/greet.camel.yaml";

    private static final String DOCUMENT = """
            openapi: 3.1.0
            info:
              title: Test
              version: "1"
            paths: {}
            """;

    final Path dir;
    private final Path data;
    private final Vertx vertx = Vertx.vertx();
    private final AnnotationConfigApplicationContext beans = new AnnotationConfigApplicationContext();
    private final HttpClient http = HttpClient.newHttpClient();
    private @Nullable LiveRoutes live;
    private @Nullable Routes routes;
    private @Nullable RouteStatus status;
    private int port;

    /** @param folder an empty one; routes and data are below it */
    LiveScene(Path folder) throws IOException {
        this.dir = folder.resolve("routes");
        this.data = folder.resolve("data");
        write("error/error-default.camel.yaml", Files.readString(Path.of("routes/error/error-default.camel.yaml")));
        write("error/error-api.camel.yaml", Files.readString(Path.of("routes/error/error-api.camel.yaml")));
        write("api/openapi.yaml", DOCUMENT);
        write(HELLO, entry("api-hello-get", "/hello", "greet"));
        write(GREET, answering("greet", "one"));
        beans.registerBean("problem", ProblemProcessor.class);
        AccessPolicy open =
                new AccessPolicy(new Access(request -> true, Duration.ofSeconds(10), ProblemResponse::send));
        beans.registerBean("public", AccessPolicy.class, () -> open);
        beans.refresh();
    }

    /** A bean that routes may call; before the start. */
    LiveScene with(String name, Object bean) {
        beans.getBeanFactory().registerSingleton(name, bean);
        return this;
    }

    /** An entry that answers with what a route says. */
    static String entry(String id, String path, String route) {
        return """
                - route:
                    id: %1$s
                    description: An entry of a test
                    routeConfigurationId: error-api
                    routePolicy: public
                    from:
                      uri: platform-http
                      parameters:
                        path: %2$s
                        httpMethodRestrict: GET
                      steps:
                        - to:
                            id: %1$s-do
                            uri: direct:%3$s
                """.formatted(id, path, route);
    }

    /** A route that says something. */
    static String answering(String id, String text) {
        return """
                - route:
                    id: %1$s
                    description: Says something in a test
                    from:
                      uri: direct:%1$s
                      steps:
                        - setBody:
                            constant:
                              expression: %2$s
                """.formatted(id, text);
    }

    /** A route that acts by itself and calls the bean {@code clock}. */
    static String ticking(String id, String uri) {
        return """
                - route:
                    id: %1$s
                    description: Acts by itself in a test
                    from:
                      uri: %2$s
                      steps:
                        - bean:
                            ref: clock
                            method: tick
                """.formatted(id, uri);
    }

    LiveScene write(String path, String content) throws IOException {
        Path file = dir.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        return this;
    }

    LiveScene delete(String path) throws IOException {
        Files.delete(dir.resolve(path));
        return this;
    }

    /** Starts, and takes an edit only when {@link #save} is called. */
    LiveScene start(boolean reload) {
        startWatched(reload);
        live().stopWatching();
        return this;
    }

    /** Starts with what is in the folder; what ran before has been stopped. */
    LiveScene startWatched(boolean reload) {
        ApiEditions documents = new ApiEditions(vertx);
        routes = new Routes(GatewayBeans.of(beans), vertx, documents);
        status = new RouteStatus(dir.toString(), reload);
        live = new LiveRoutes(
                new RouteFolder(dir, false),
                reload,
                new RouteCheck(GatewayBeans.of(beans), documents),
                routes,
                new RouteVersions(data.resolve("routes")),
                status);
        live.start();
        return this;
    }

    /** As if the gateway were stopped and started. */
    LiveScene restart() {
        live().stop();
        return start(true);
    }

    /** Takes the folder as it is now, without waiting for the watch. */
    LiveScene save() {
        live().look(new RouteFolder(dir, false).read());
        return this;
    }

    LiveRoutes live() {
        return Objects.requireNonNull(live);
    }

    Routes routes() {
        return Objects.requireNonNull(routes);
    }

    RouteStatus state() {
        return Objects.requireNonNull(status);
    }

    Map<String, Object> status() {
        return live().status();
    }

    @SuppressWarnings("unchecked") // As the endpoint shows it.
    List<Map<String, Object>> list(String name) {
        return (List<Map<String, Object>>) Objects.requireNonNull(status().get(name));
    }

    int generation() {
        return (int) Objects.requireNonNull(list("flips").get(0).get("generation"));
    }

    /** Under which JMX has the routes that run: another name where another gateway of this JVM has theirs. */
    String managementName() {
        return Objects.requireNonNull(routes).context().orElseThrow().getManagementName();
    }

    String greeting() throws Exception {
        return get("/hello").body();
    }

    HttpResponse<String> get(String path) throws Exception {
        return http.send(HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    URI uri(String path) throws Exception {
        if (port == 0) {
            Router router = Router.router(vertx);
            router.route().handler(BodyHandler.create(false)).handler(request -> routes().handle(request));
            HttpServer server =
                    await(vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1"));
            port = server.actualPort();
        }
        return URI.create("http://127.0.0.1:" + port + path);
    }

    @Override
    public void close() throws Exception {
        if (live != null) {
            live.stop();
        }
        beans.close();
        await(vertx.close());
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
