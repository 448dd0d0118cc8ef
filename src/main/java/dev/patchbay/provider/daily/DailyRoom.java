package dev.patchbay.provider.daily;

import java.time.Instant;

/**
 * A room at Daily.
 *
 * @param name ours: the id of the session
 * @param url where it is joined
 * @param expiresAt when everybody is sent out
 */
public record DailyRoom(String name, String url, Instant expiresAt) {}
