package dev.patchbay.http;

import java.util.List;

/**
 * A file of routes that does not run, as {@code /health} tells it.
 *
 * @param file its path
 * @param routes the ids of the routes that are missing because of it
 * @param reasons what is wrong with it, for holders of a key
 */
public record RouteFault(String file, List<String> routes, List<String> reasons) {}
