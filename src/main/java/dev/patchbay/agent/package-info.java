/** Voice agents that a call can be connected to, with the limits each one sets. */
@NullMarked
package dev.patchbay.agent;

import org.jspecify.annotations.NullMarked;
