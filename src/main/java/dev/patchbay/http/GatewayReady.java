package dev.patchbay.http;

/**
 * Published once: the gateway is warm, {@code /health} is up and calls may come.
 *
 * @param publicPort where the public plane listens
 * @param operationsPort where the operations plane listens
 */
public record GatewayReady(int publicPort, int operationsPort) {}
