/** Daily where YAML is not enough: rooms and tokens, what its webhooks say, its signature. */
@NullMarked
package dev.patchbay.provider.daily;

import org.jspecify.annotations.NullMarked;
