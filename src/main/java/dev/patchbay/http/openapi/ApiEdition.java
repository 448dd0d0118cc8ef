package dev.patchbay.http.openapi;

import io.vertx.core.buffer.Buffer;

/**
 * The document of the API as one generation of the routes has it.
 *
 * @param contract what requests are held against
 * @param json what programs read
 */
public record ApiEdition(ApiContract contract, Buffer json) {}
