package dev.patchbay.session;

import java.util.List;

/**
 * A provider that carries sessions.
 *
 * @param name as its folder of routes is named: {@code <name>-session-open} opens a session
 * @param title for people
 * @param missing the variables without which it carries none
 */
public record SessionProvider(String name, String title, List<String> missing) {}
