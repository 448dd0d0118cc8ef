/** The agent's side: ElevenLabs' agent socket, played by small behaviours chosen by agent id. */
@NullMarked
package dev.patchbay.sandbox.agent;

import org.jspecify.annotations.NullMarked;
