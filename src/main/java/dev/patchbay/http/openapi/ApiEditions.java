package dev.patchbay.http.openapi;

import io.vertx.core.Vertx;
import org.jspecify.annotations.Nullable;

/** Reads documents of the API. Most edits of the routes leave it as it is, so the last one read is kept. */
public final class ApiEditions {

    private final Vertx vertx;
    private @Nullable String lastText;
    private @Nullable ApiEdition last;

    public ApiEditions(Vertx vertx) {
        this.vertx = vertx;
    }

    /**
     * @param file as messages name it
     * @throws ApiDocumentException when the text is not OpenAPI 3.1; blocks for the moment that it takes
     */
    public synchronized ApiEdition of(String file, String text) {
        ApiEdition known = last;
        if (known != null && text.equals(lastText)) {
            return known;
        }
        ApiDocument document = ApiDocument.of(file, text);
        ApiEdition read =
                new ApiEdition(ApiContract.of(document, vertx), document.json().toBuffer());
        lastText = text;
        last = read;
        return read;
    }
}
