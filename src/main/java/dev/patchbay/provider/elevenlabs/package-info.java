/** ElevenLabs where YAML is not enough. */
@NullMarked
package dev.patchbay.provider.elevenlabs;

import org.jspecify.annotations.NullMarked;
