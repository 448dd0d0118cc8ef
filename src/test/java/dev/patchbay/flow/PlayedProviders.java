package dev.patchbay.flow;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * All providers on one port of this machine. They are well, but for the one request of a case that is told to fail, and
 * count what they are asked. Cases may run at the same time: eleven digits in what is asked, the mark, tell them apart.
 */
final class PlayedProviders implements AutoCloseable {

    private static final String PREFIX = "141555";
    private static final Pattern MARK = Pattern.compile(PREFIX + "\\d{5}");
    private static final Pattern ROOM = Pattern.compile("\\b[0-9A-Z]{26}\\b");

    private record Which(Ask ask, String mark) {}

    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server;
    private final Map<Which, Fault> faults = new ConcurrentHashMap<>();
    private final Map<Which, Consumer<HttpServerRequest>> answers = new ConcurrentHashMap<>();
    private final Map<Which, Integer> asked = new ConcurrentHashMap<>();
    private final Map<String, String> rooms = new ConcurrentHashMap<>();

    PlayedProviders() throws Exception {
        server = vertx.createHttpServer(new HttpServerOptions().setSoLinger(0)) // who closes a connection resets it
                .requestHandler(request -> request.body().onSuccess(body -> answer(request, body)))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    /** The variables that lead the gateway here, with credentials, as arguments of its start. */
    String[] settings() {
        return Stream.of(
                        "TWILIO_API_BASE_URL=%s/twilio",
                        "RETELL_API_BASE_URL=%s/retell",
                        "RETELL_API_KEY=key",
                        "DAILY_API_BASE_URL=%s/daily",
                        "DAILY_API_KEY=key",
                        "ELEVENLABS_API_BASE_URL=%s/elevenlabs",
                        "ELEVENLABS_API_KEY=key",
                        "ELEVENLABS_AGENT_ID=general",
                        "ELEVENLABS_VOICE_ID=voice",
                        "OPENAI_BASE_URL=%s/openai/v1",
                        "OPENAI_API_KEY=key")
                .map(variable -> "--" + variable.formatted("http://127.0.0.1:" + server.actualPort()))
                .toArray(String[]::new);
    }

    /** @param number of the case, five digits */
    static String mark(int number) {
        return PREFIX + number;
    }

    /** From now on it fails so, and counting begins anew. */
    void fail(Ask ask, String mark, Fault fault) {
        asked.remove(new Which(ask, mark));
        faults.put(new Which(ask, mark), fault);
    }

    /** From now on it answers this and so, which is neither well nor one of the usual faults. */
    void answers(Ask ask, String mark, Consumer<HttpServerRequest> answer) {
        answers.put(new Which(ask, mark), answer);
    }

    /** From now on this case finds providers that are well. */
    void heal(String mark) {
        faults.keySet().removeIf(which -> which.mark().equals(mark));
    }

    /** How often this was asked for the case. */
    int asked(Ask ask, String mark) {
        return asked.getOrDefault(new Which(ask, mark), 0);
    }

    @Override
    public void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private void answer(HttpServerRequest request, Buffer body) {
        Optional<Ask> known = Ask.of(request.method() + " " + request.path());
        if (known.isEmpty()) {
            request.response().end("{}"); // a health probe
            return;
        }
        Which which = new Which(known.get(), mark(known.get(), request.uri(), body));
        int times = asked.merge(which, 1, Integer::sum);
        Fault fault = faults.get(which);
        if (answers.containsKey(which)) {
            answers.get(which).accept(request);
        } else if (fault == null || (fault.passes() && times > 1)) {
            Ask ask = which.ask();
            request.response()
                    .setStatusCode(ask.status())
                    .putHeader("Content-Type", ask.contentType())
                    .end(Buffer.buffer(ask.body(which.mark())));
        } else {
            fault.answer(request);
        }
    }

    /** A room is told by how many it takes, until its name is known. */
    private String mark(Ask ask, String uri, Buffer body) {
        if (ask == Ask.ROOM_CREATE) {
            JsonObject room = body.toJsonObject();
            String mark = mark(room.getJsonObject("properties").getInteger("max_participants", 0));
            rooms.put(room.getString("name"), mark);
            return mark;
        }
        String all = URLDecoder.decode(uri, StandardCharsets.UTF_8) + " " + body;
        Matcher room = ROOM.matcher(all);
        if (ask.provider().equals("daily") && room.find()) {
            return rooms.getOrDefault(room.group(), "");
        }
        Matcher mark = MARK.matcher(all);
        return mark.find() ? mark.group() : "";
    }
}
