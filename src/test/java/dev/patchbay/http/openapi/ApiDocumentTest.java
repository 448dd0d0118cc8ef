package dev.patchbay.http.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A mistake in the document is found at the start, and named with its line. */
class ApiDocumentTest {

    private static final Vertx VERTX = Vertx.vertx();

    private static final String GOOD = """
            openapi: 3.1.0
            info:
              title: Test
              version: "1"
            paths:
              /calls:
                get:
                  parameters:
                    - $ref: "#/components/parameters/Limit"
                  responses:
                    "200":
                      description: Calls
            components:
              parameters:
                Limit:
                  name: limit
                  in: query
                  schema: {type: integer}
            """;

    @TempDir
    private Path dir;

    @AfterAll
    static void close() throws Exception {
        VERTX.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void aGoodDocumentIsUnderstood() throws IOException {
        ApiContract contract = read(GOOD);

        assertThat(contract.operations()).hasSize(1);
        assertThat(contract.operations().get(0).parameters().get(0).type()).isEqualTo("integer");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "openapi: 3.1.0     | openapi: 3.0.3         | 1  | must be 3.1.x",
                "title: Test        | titel: Test            | 3  | titel",
                "version: \"1\"     | version: [             | 6  | ",
                "  /calls:          | '  \"/calls\": x: y'   | 6  | mapping values are not allowed here",
                "get:               | gett:                  | 7  | gett",
                "parameters/Limit   | parameters/Limits      | 9  | #/components/parameters/Limits",
                "\"#/components     | \"other.yaml#/components | 9 | which is not in this document",
                "description: Calls | summary: Calls         | 12 | summary",
                "in: query          | in: somewhere          | 17 | ",
                "in: query          | name: again            | 17 | duplicate key name",
            })
    void aMistakeIsNamedWithFileAndLine(String right, String wrong, int line, String reason) throws IOException {
        assertThat(GOOD).contains(right);

        assertThatThrownBy(() -> read(GOOD.replace(right, wrong)))
                .isInstanceOf(ApiDocumentException.class)
                .hasMessageStartingWith(dir.resolve("openapi.yaml") + ":" + line + ": ")
                .hasMessageContaining(reason == null ? "" : reason);
    }

    @ParameterizedTest
    @CsvSource({"''", "just a text", "'[1, 2]'"})
    void whatIsNoDocumentIsSaidToBeNone(String text) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(ApiDocumentException.class)
                .hasMessageContaining("openapi.yaml:1: is no OpenAPI document");
    }

    @Test
    void aMissingFileIsNamed() {
        Path nowhere = dir.resolve("nowhere.yaml");

        assertThatThrownBy(() -> ApiDocument.read(nowhere))
                .isInstanceOf(ApiDocumentException.class)
                .hasMessage(nowhere + ":1: cannot be read: NoSuchFileException");
    }

    @Test
    void theStartFailsWithOneLineInsteadOfAStackTrace() {
        ApiDocumentException mistake = new ApiDocumentException("openapi.yaml", 7, 1, "wrong", null);

        assertThat(new ApiDocumentFailureAnalyzer()
                        .analyze(new IllegalStateException("bean", mistake))
                        .getDescription())
                .isEqualTo("openapi.yaml:7: wrong");
    }

    private ApiContract read(String yaml) throws IOException {
        return ApiContract.of(ApiDocument.read(Files.writeString(dir.resolve("openapi.yaml"), yaml)), VERTX);
    }
}
