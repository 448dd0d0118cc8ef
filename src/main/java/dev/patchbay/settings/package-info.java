/** How an environment variable becomes a setting, and how a wrong one is named at start. */
@NullMarked
package dev.patchbay.settings;

import org.jspecify.annotations.NullMarked;
