package dev.patchbay.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.Problem;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * Answers 400 to a body that is declared as JSON and is none, or one that is built to cost whoever reads it: nested deep,
 * with endless names or numbers. Routes may then read a body without thinking of that.
 */
final class JsonBounds implements Handler<RoutingContext> {

    /** Objects and lists in each other. */
    static final int DEPTH = 50;
    /** Characters of a member's name. */
    static final int NAME = 256;
    /** Digits of a number: 64 bits have 20, and turning digits into a number costs the square of their count. */
    static final int NUMBER = 64;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEPTH)
                    .maxNameLength(NAME)
                    .maxNumberLength(NUMBER)
                    .build())
            .build();

    /** Larger bodies are not looked through on an event loop, where calls have their audio; in bytes. */
    private static final int SMALL = 256 * 1024;

    @Override
    public void handle(RoutingContext request) {
        if (!isJson(request)) {
            request.next();
            return;
        }
        Buffer body = request.body().buffer();
        if (body.length() <= SMALL) {
            judge(request, wrong(body));
        } else {
            request.vertx()
                    .executeBlocking(() -> wrong(body), false)
                    .onFailure(request::fail)
                    .onSuccess(found -> judge(request, found));
        }
    }

    private static void judge(RoutingContext request, Optional<String> wrong) {
        if (wrong.isPresent()) {
            ProblemResponse.send(request, Problem.of(ErrorCategory.INVALID_REQUEST, wrong.get()));
        } else {
            request.next();
        }
    }

    /** What is wrong with this JSON text; nothing when it is well-formed and within the bounds. */
    static Optional<String> wrong(Buffer text) {
        try (JsonParser parser = JSON.createParser(text.getBytes())) {
            if (parser.nextToken() == null) {
                return Optional.of("The body is empty");
            }
            parser.skipChildren();
            return parser.nextToken() == null
                    ? Optional.empty()
                    : Optional.of("The body has something after its JSON value");
        } catch (StreamConstraintsException e) {
            return Optional.of(
                    "The body is nested deeper than %d, or has a name of more than %d or a number of more than %d characters"
                            .formatted(DEPTH, NAME, NUMBER));
        } catch (JsonProcessingException e) {
            return Optional.of("The body is not JSON: line %d, column %d"
                    .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr()));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible); // of bytes in memory
        }
    }

    private static boolean isJson(RoutingContext request) {
        String type = ContentTypeHandler.bare(request.request().getHeader(HttpHeaders.CONTENT_TYPE));
        Buffer body = request.body() == null ? null : request.body().buffer();
        return type.equals("application/json") && body != null && body.length() > 0;
    }
}
