package dev.patchbay.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.Problem;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The answer of the operations plane's filters to a request that may not pass. */
final class Refusal {

    private Refusal() {}

    static void write(HttpServletResponse response, String detail) throws IOException {
        Problem problem = Problem.of(ErrorCategory.FORBIDDEN, detail);
        response.setStatus(problem.status());
        response.setContentType(Problem.MEDIA_TYPE);
        response.getOutputStream().write(problem.toJson().getBytes(UTF_8));
    }
}
