/** The answers to Twilio's voice webhooks. */
@NullMarked
package dev.patchbay.twiml;

import org.jspecify.annotations.NullMarked;
