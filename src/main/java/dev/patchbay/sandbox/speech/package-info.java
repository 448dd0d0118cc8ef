/** Recorded speech of the sandbox: WAV files, where speech begins and ends, and how late it comes back. */
@NullMarked
package dev.patchbay.sandbox.speech;

import org.jspecify.annotations.NullMarked;
