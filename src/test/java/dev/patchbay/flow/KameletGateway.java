package dev.patchbay.flow;

import dev.patchbay.provider.FakeProvider;
import dev.patchbay.route.Routes;
import dev.patchbay.route.check.RouteFolder;
import dev.patchbay.rules.YamlKamelet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * The gateway in profile sandbox over a copy of the routes that has the example of every kamelet in it, and whatever a test
 * adds. Started once for all tests of kamelets.
 */
final class KameletGateway {

    /** Of another account at Twilio than the gateway's own. */
    static final String SUBACCOUNT_TOKEN = "subaccount-auth-token";

    private static @Nullable KameletGateway started;

    final RunningGateway gateway;
    /** An API that nobody has heard of before. */
    final FakeProvider acme = new FakeProvider(asked -> FakeProvider.Told.json(200, "{}"));

    private final Path routes;

    private KameletGateway() {
        routes = temporaryFolder();
        copy(Path.of("routes"), routes);
        gateway = RunningGateway.with(
                "--patchbay.routes.dir=" + routes,
                "--patchbay.routes.reload=false", // a test says itself when an edit is complete
                "--SUBACCOUNT_AUTH_TOKEN=" + SUBACCOUNT_TOKEN,
                "--ACME_BASE_URL=" + acme.origin() + "/v1",
                "--ACME_API_KEY=acme-key");
        // Added now, because a start checks the house's rules, which these need not follow: their folder, to begin
        // with.
        YamlKamelet.all().forEach(kamelet -> write("example/" + kamelet.name() + ".camel.yaml", kamelet.example()));
        copy(Path.of("src/test/resources/kamelets"), routes.resolve("test"));
        flip();
    }

    static synchronized KameletGateway shared() {
        if (started == null) {
            started = new KameletGateway();
            Runtime.getRuntime().addShutdownHook(new Thread(started.gateway::stop));
        }
        return started;
    }

    /** A bean for routes that a test adds. */
    void bean(String name, Object bean) {
        gateway.context().getBeanFactory().registerSingleton(name, bean);
    }

    /** Adds or changes a file of the routes; live after {@link #flip}. */
    void write(String file, String yaml) {
        try {
            Path path = routes.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void delete(String file) {
        try {
            Files.delete(routes.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void flip() {
        gateway.bean(Routes.class).flip(new RouteFolder(routes, true).read());
    }

    /** Runs the route with this id, and throws what it failed with. */
    Exchange send(String routeId, @Nullable Object body, Map<String, Object> variables) throws Exception {
        return send(routeId, body, variables, Map.of());
    }

    Exchange send(String routeId, @Nullable Object body, Map<String, Object> variables, Map<String, Object> headers)
            throws Exception {
        Exchange done = gateway.bean(Routes.class).send(routeId, exchange -> {
            exchange.getIn().setBody(body);
            headers.forEach(exchange.getIn()::setHeader);
            exchange.getIn().setHeader("kept", "header");
            exchange.setVariable("kept", "variable");
            variables.forEach(exchange::setVariable);
        });
        if (done.getException() != null) {
            throw done.getException();
        }
        return done;
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("routes");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(Path from, Path to) {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
