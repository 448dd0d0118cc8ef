/** Telephone audio: the formats on the wire, mu-law, and the change of sample rate; JDK only. */
@NullMarked
package dev.patchbay.media.audio;

import org.jspecify.annotations.NullMarked;
