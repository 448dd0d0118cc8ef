/** Twilio where YAML is not enough: its settings and its request signature. */
@NullMarked
package dev.patchbay.provider.twilio;

import org.jspecify.annotations.NullMarked;
