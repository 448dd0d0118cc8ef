/** The operations plane: who may look, and its pages. */
@NullMarked
package dev.patchbay.console;

import org.jspecify.annotations.NullMarked;
