/** OpenAI, or a server that speaks its API. */
@NullMarked
package dev.patchbay.provider.openai;

import org.jspecify.annotations.NullMarked;
