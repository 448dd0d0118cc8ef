/** Patchbay: phone calls and messages on one side, voice agents on the other. Here it is put together. */
@NullMarked
package dev.patchbay;

import org.jspecify.annotations.NullMarked;
