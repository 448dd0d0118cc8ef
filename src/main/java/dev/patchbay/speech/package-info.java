/** A text to be spoken, a message to be answered: requests of the REST API that no provider owns. */
@NullMarked
package dev.patchbay.speech;

import org.jspecify.annotations.NullMarked;
