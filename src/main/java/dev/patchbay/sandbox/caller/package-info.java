/** The caller's side: what Twilio does from the voice webhook to the end of the call. */
@NullMarked
package dev.patchbay.sandbox.caller;

import org.jspecify.annotations.NullMarked;
