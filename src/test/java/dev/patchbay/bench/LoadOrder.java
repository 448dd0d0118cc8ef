package dev.patchbay.bench;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * One run of the generator, as one line of JSON on its standard input.
 *
 * @param door a {@code ws:} address that takes media at once, or the {@code http:} address of a voice webhook
 * @param authToken signs webhook and upgrade where {@code door} is a webhook
 * @param gatewayPid whose CPU and memory are measured; 0 for none
 * @param calls concurrent calls; with {@code shortCalls} how many of them at a time
 * @param shortCalls when positive: place so many calls of five frames each instead of long ones
 * @param heap also take the gateway's live heap before the calls and while all are live (Java only; outside the window)
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record LoadOrder(
        String door,
        String authToken,
        long gatewayPid,
        int calls,
        int warmUpSeconds,
        int seconds,
        int shortCalls,
        boolean heap) {

    boolean viaWebhook() {
        return door.startsWith("http");
    }
}
