/** The YAML routes: built, swapped and called. */
@NullMarked
package dev.patchbay.route;

import org.jspecify.annotations.NullMarked;
