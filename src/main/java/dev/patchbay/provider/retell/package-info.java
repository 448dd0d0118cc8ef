/** Retell where YAML is not enough: its REST API, what its webhooks say, its signature. */
@NullMarked
package dev.patchbay.provider.retell;

import org.jspecify.annotations.NullMarked;
