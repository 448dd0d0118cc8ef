package dev.patchbay.provider;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of one request, until what is wanted of the answer is there. Given up in time, it is not sent any more: nobody can be called after
 * the answer is out.
 *
 * @param <T> what is wanted: the whole answer, or its head and a stream
 */
final class ProviderExchange<T> {

    /** Largest answer in bytes; a minute of speech is about one million. */
    private static final int LARGEST = 16 * 1024 * 1024;

    private final Vertx vertx;
    private final HttpClient http;
    private final Function<HttpClientResponse, Future<T>> reader;
    private @Nullable HttpClientRequest sent;
    private boolean givenUp;

    ProviderExchange(Vertx vertx, HttpClient http, Function<HttpClientResponse, Future<T>> reader) {
        this.vertx = vertx;
        this.http = http;
        this.reader = reader;
    }

    /** Sends the request and waits for the answer. */
    T run(RequestOptions options, byte[] body, long millis) throws IOException, TimeoutException, InterruptedException {
        Promise<T> answer = Promise.promise();
        // All on one event loop: an answer that is read from another one may have ended before anyone listens.
        vertx.getOrCreateContext().runOnContext(v -> http.request(options)
                .compose(request -> send(request, body))
                .compose(reader)
                .onComplete(answer));
        try {
            return answer.future().toCompletionStage().toCompletableFuture().get(millis, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IOException(String.valueOf(cause.getMessage()), cause);
        } catch (TimeoutException | InterruptedException e) {
            giveUp();
            throw e;
        }
    }

    private synchronized Future<HttpClientResponse> send(HttpClientRequest request, byte[] body) {
        if (givenUp) {
            request.reset();
            return Future.failedFuture("given up before it was sent");
        }
        sent = request;
        return request.send(Buffer.buffer(body));
    }

    private synchronized void giveUp() {
        givenUp = true;
        if (sent != null) {
            sent.reset();
        }
    }

    /** The whole answer. */
    static Future<ProviderAnswer> whole(String provider, HttpClientResponse response) {
        Promise<ProviderAnswer> whole = Promise.promise();
        Buffer body = Buffer.buffer();
        response.handler(chunk -> {
            if (body.length() + chunk.length() > LARGEST) {
                whole.tryFail(new IOException("more than " + LARGEST + " bytes"));
                response.request().reset();
            } else {
                body.appendBuffer(chunk);
            }
        });
        response.exceptionHandler(whole::tryFail);
        response.endHandler(end -> whole.tryComplete(
                new ProviderAnswer(provider, response.statusCode(), headers(response), body.getBytes())));
        return whole.future();
    }

    static Map<String, String> headers(HttpClientResponse response) {
        Map<String, String> headers = new LinkedHashMap<>();
        response.headers().forEach((name, value) -> headers.putIfAbsent(name.toLowerCase(Locale.ROOT), value));
        return headers;
    }
}
