/** What all providers share: one way to call them. Each provider's own package knows this one, never another provider. */
@NullMarked
package dev.patchbay.provider;

import org.jspecify.annotations.NullMarked;
