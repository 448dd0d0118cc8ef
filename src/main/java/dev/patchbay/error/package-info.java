/** What can go wrong, in words that do not depend on a provider, and how it is written as problem JSON. */
@NullMarked
package dev.patchbay.error;

import org.jspecify.annotations.NullMarked;
