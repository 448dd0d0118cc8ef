package dev.patchbay.message;

/**
 * A message that is about to be sent.
 *
 * @param to E.164
 * @param from one of our numbers, E.164
 */
public record Outgoing(String to, String from, String text) {}
