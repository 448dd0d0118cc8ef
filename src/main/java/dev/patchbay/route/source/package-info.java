/** Routes that begin with what happens in the gateway: the components behind the source kamelets. */
@NullMarked
package dev.patchbay.route.source;

import org.jspecify.annotations.NullMarked;
