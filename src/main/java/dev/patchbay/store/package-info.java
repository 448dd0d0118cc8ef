/** Where calls, events, transcripts, customers and agents are kept: MongoDB, or a durable server of our own that speaks its protocol. */
@NullMarked
package dev.patchbay.store;

import org.jspecify.annotations.NullMarked;
