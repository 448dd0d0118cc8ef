package dev.patchbay.route;

import dev.patchbay.route.check.RouteFinding;
import dev.patchbay.route.check.RouteSources;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The routes folder cannot be run as it is; the message has a line {@code file:line:column: reason} for each finding. */
public final class PatchbayRoutesException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<RouteFinding> findings;

    public PatchbayRoutesException(RouteSources sources, List<RouteFinding> findings, @Nullable Throwable cause) {
        super(
                findings.stream()
                        .map(finding -> finding.textWithExcerpt(sources))
                        .collect(Collectors.joining(System.lineSeparator())),
                cause);
        this.findings = List.copyOf(findings);
    }

    public List<RouteFinding> findings() {
        return findings;
    }
}
