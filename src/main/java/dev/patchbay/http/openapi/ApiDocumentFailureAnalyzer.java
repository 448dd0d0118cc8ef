package dev.patchbay.http.openapi;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Turns a mistake in the document of the API into one line that names file and line, instead of a stack trace. */
final class ApiDocumentFailureAnalyzer extends AbstractFailureAnalyzer<ApiDocumentException> {

    @Override
    protected FailureAnalysis analyze(Throwable root, ApiDocumentException cause) {
        return new FailureAnalysis(
                cause.getMessage(),
                "Set it right, or point PATCHBAY_ROUTES_DIR to a folder of routes that has api/openapi.yaml.",
                cause);
    }
}
