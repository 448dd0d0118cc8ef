/** A phone call as Patchbay knows it: its record, status, events and transcript; nothing here knows a provider or a store. */
@NullMarked
package dev.patchbay.call;

import org.jspecify.annotations.NullMarked;
