/** The document of the REST API: read at the start, shown to people and programs, and held against requests. */
@NullMarked
package dev.patchbay.http.openapi;

import org.jspecify.annotations.NullMarked;
