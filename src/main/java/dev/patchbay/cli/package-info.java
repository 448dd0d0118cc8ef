/** What {@code java -jar patchbay.jar <command>} does instead of starting the gateway: help with setting it up. */
@NullMarked
package dev.patchbay.cli;

import org.jspecify.annotations.NullMarked;
