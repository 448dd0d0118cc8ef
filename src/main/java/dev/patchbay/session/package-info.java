/** A session: a room or a call that somebody ordered over the REST API, as Patchbay knows it. */
@NullMarked
package dev.patchbay.session;

import org.jspecify.annotations.NullMarked;
