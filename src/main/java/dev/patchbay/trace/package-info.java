/** What happens to a call as OpenTelemetry traces, delivered over OTLP: off unless somebody takes them. */
@NullMarked
package dev.patchbay.trace;

import org.jspecify.annotations.NullMarked;
