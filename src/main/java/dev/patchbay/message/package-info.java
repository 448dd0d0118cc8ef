/** A text message as Patchbay knows it, sent or received; nothing here knows a provider or a store. */
@NullMarked
package dev.patchbay.message;

import org.jspecify.annotations.NullMarked;
