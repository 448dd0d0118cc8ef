/** The public plane: who may call, how an error is written, where it listens. */
@NullMarked
package dev.patchbay.http;

import org.jspecify.annotations.NullMarked;
