package dev.patchbay.console;

import dev.patchbay.http.LocalHost;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/** Answers 403 to requests that reached the loopback interface under another name: see {@link LocalHost}. */
final class LocalHostFilter extends OncePerRequestFilter {

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (LocalHost.isNamedBy(request.getHeader(HttpHeaders.HOST))) {
            chain.doFilter(request, response);
        } else {
            Refusal.write(
                    response,
                    "Without PATCHBAY_OPS_USER and PATCHBAY_OPS_PASSWORD this answers at localhost, 127.0.0.1 and [::1] only.");
        }
    }
}
