/** A routes folder at one moment, and everything that can be found wrong with it before it runs. */
@NullMarked
package dev.patchbay.route.check;

import org.jspecify.annotations.NullMarked;
