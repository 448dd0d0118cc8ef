/** What happens to a frame: from the caller's socket through the codec to the agent's socket, and back. */
@NullMarked
package dev.patchbay.media;

import org.jspecify.annotations.NullMarked;
