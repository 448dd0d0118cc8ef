package dev.patchbay.flow;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Receives traces as an OpenTelemetry collector does: OTLP over HTTP, in Protobuf. */
final class TraceReceiver implements AutoCloseable {

    /** As in {@code trace.proto}. */
    static final int SERVER = 2;

    static final int CLIENT = 3;
    static final int ERROR = 2;

    /**
     * A span as it came.
     *
     * @param parentId empty for the first of a trace
     * @param attributes texts and numbers, as texts
     */
    record Span(
            String service,
            String traceId,
            String id,
            String parentId,
            String name,
            int kind,
            int status,
            Map<String, String> attributes) {}

    private final HttpServer server;
    private final List<Span> spans = new CopyOnWriteArrayList<>();
    private final List<String> bytes = new CopyOnWriteArrayList<>();
    private final List<String> teams = new CopyOnWriteArrayList<>();

    TraceReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/traces", this::receive);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** All spans, in the order in which they ended. */
    List<Span> spans() {
        return List.copyOf(spans);
    }

    /** The header {@code x-team} of each delivery. */
    List<String> teams() {
        return List.copyOf(teams);
    }

    /** Everything that came, byte by byte. */
    String everything() {
        return String.join("", bytes);
    }

    /** The spans of the trace that has a span of a request about this call; empty until that span is there. */
    List<Span> traceOf(String call) {
        Optional<Span> entry = spans.stream()
                .filter(span -> span.kind() == SERVER && span.attributes().containsValue(call))
                .findFirst();
        return entry.stream()
                .flatMap(known -> spans.stream().filter(span -> span.traceId().equals(known.traceId())))
                .toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            if ("gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"))) {
                body = new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
            }
            teams.add(String.valueOf(exchange.getRequestHeaders().getFirst("x-team")));
            bytes.add(new String(body, StandardCharsets.ISO_8859_1));
            new Fields(body).messages(1).forEach(this::resourceSpans);
            exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
            exchange.sendResponseHeaders(200, -1);
        }
    }

    private void resourceSpans(Fields resource) {
        String service =
                attributes(resource.messages(1).findFirst().orElseThrow(), 1).getOrDefault("service.name", "");
        resource.messages(2)
                .flatMap(scope -> scope.messages(2))
                .map(span -> new Span(
                        service,
                        span.hex(1),
                        span.hex(2),
                        span.hex(4),
                        span.text(5),
                        (int) span.number(6),
                        span.messages(15)
                                .findFirst()
                                .map(status -> (int) status.number(3))
                                .orElse(0),
                        attributes(span, 9)))
                .forEach(spans::add);
    }

    private static Map<String, String> attributes(Fields holder, int field) {
        Map<String, String> attributes = new HashMap<>();
        holder.messages(field).forEach(pair -> {
            Fields value = pair.messages(2).findFirst().orElseThrow();
            attributes.put(pair.text(1), value.has(1) ? value.text(1) : String.valueOf(value.number(3)));
        });
        return attributes;
    }

    /** A message of Protobuf, field by field; what each field means, who asks must know. */
    private static final class Fields {

        private record Field(int number, long value, byte[] content) {}

        private final List<Field> fields = new ArrayList<>();

        Fields(byte[] message) {
            ByteBuffer in = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
            while (in.hasRemaining()) {
                long tag = varint(in);
                int number = (int) (tag >>> 3);
                switch ((int) tag & 7) {
                    case 0 -> fields.add(new Field(number, varint(in), new byte[0]));
                    case 1 -> fields.add(new Field(number, in.getLong(), new byte[0]));
                    case 5 -> fields.add(new Field(number, in.getInt(), new byte[0]));
                    case 2 -> {
                        byte[] content = new byte[(int) varint(in)];
                        in.get(content);
                        fields.add(new Field(number, 0, content));
                    }
                    default -> throw new IllegalArgumentException("No wire type of Protobuf: " + (tag & 7));
                }
            }
        }

        private static long varint(ByteBuffer in) {
            long value = 0;
            for (int shift = 0; ; shift += 7) {
                byte next = in.get();
                value |= (next & 0x7FL) << shift;
                if (next >= 0) {
                    return value;
                }
            }
        }

        private Stream<Field> all(int number) {
            return fields.stream().filter(field -> field.number() == number);
        }

        boolean has(int number) {
            return all(number).findAny().isPresent();
        }

        Stream<Fields> messages(int number) {
            return all(number).map(field -> new Fields(field.content()));
        }

        String text(int number) {
            return all(number)
                    .map(field -> new String(field.content(), StandardCharsets.UTF_8))
                    .findFirst()
                    .orElse("");
        }

        String hex(int number) {
            return all(number)
                    .map(field -> HexFormat.of().formatHex(field.content()))
                    .findFirst()
                    .orElse("");
        }

        long number(int number) {
            return all(number).mapToLong(Field::value).findFirst().orElse(0);
        }
    }
}
