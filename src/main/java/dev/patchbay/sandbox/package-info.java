/** Plays the phone and the agent services on this machine, so that the gateway runs its main job without an account or a network. */
@NullMarked
package dev.patchbay.sandbox;

import org.jspecify.annotations.NullMarked;
