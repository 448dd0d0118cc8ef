package dev.patchbay.provider;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A server on this machine that answers as it is told and remembers what it was asked. */
public final class FakeProvider implements AutoCloseable {

    /**
     * What it was asked.
     *
     * @param target path and query as sent
     * @param contentType empty without one
     * @param authorization the headers {@code Authorization} or {@code xi-api-key}, empty without one
     * @param traceparent empty without one
     */
    public record Asked(
            String method, String target, String contentType, String authorization, String traceparent, String body) {}

    /** What it answers. */
    public record Told(int status, String contentType, byte[] body) {

        public static Told json(int status, String body) {
            return new Told(status, "application/json", body.getBytes(StandardCharsets.UTF_8));
        }
    }

    private final HttpServer server;
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private volatile Function<Asked, Told> answers;

    public FakeProvider(Function<Asked, Told> answers) {
        this.answers = answers;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.start();
    }

    /** From now on it answers so. */
    public void answers(Function<Asked, Told> now) {
        answers = now;
    }

    public URI origin() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public List<Asked> asked() {
        return List.copyOf(asked);
    }

    /** The request that came last. */
    public Asked last() {
        return asked.get(asked.size() - 1);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var headers = exchange.getRequestHeaders();
            Asked request = new Asked(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    headers.getOrDefault("Content-Type", List.of("")).get(0),
                    headers.getOrDefault("Authorization", headers.getOrDefault("xi-api-key", List.of("")))
                            .get(0),
                    headers.getOrDefault("traceparent", List.of("")).get(0),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            asked.add(request);
            Told told = answers.apply(request);
            exchange.getResponseHeaders().set("Content-Type", told.contentType());
            exchange.sendResponseHeaders(told.status(), told.body().length == 0 ? -1 : told.body().length);
            exchange.getResponseBody().write(told.body());
        }
    }
}
