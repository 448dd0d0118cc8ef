/** A provider without an account: its agent repeats the caller inside the process. The one to copy. */
@NullMarked
package dev.patchbay.provider.echo;

import org.jspecify.annotations.NullMarked;
