/** Benchmarks: what a frame costs, measured against hand-written bridges in the same run ({@code ./mvnw -Pbench verify}). */
@NullMarked
package dev.patchbay.bench;

import org.jspecify.annotations.NullMarked;
