package dev.patchbay.route;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says at the start, in place of a stack trace, which file is wrong where and why. */
final class PatchbayRoutesFailureAnalyzer extends AbstractFailureAnalyzer<PatchbayRoutesException> {

    @Override
    protected FailureAnalysis analyze(Throwable root, PatchbayRoutesException cause) {
        return new FailureAnalysis(
                cause.getMessage(),
                "Set it right, or point PATCHBAY_ROUTES_DIR to another folder; docs/editing-routes.md says how to read this.",
                cause);
    }
}
