/** The gateway's figures: for people as JSON, for Prometheus as text. */
@NullMarked
package dev.patchbay.metrics;

import org.jspecify.annotations.NullMarked;
