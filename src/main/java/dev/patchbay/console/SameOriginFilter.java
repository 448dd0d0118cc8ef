package dev.patchbay.console;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Keeps pages of other origins from acting through the browser of somebody who may use the operations plane. Browsers
 * say where a request comes from ({@code Origin} with every POST across origins, {@code Sec-Fetch-Site} with everything
 * sent to localhost or over https); curl and Prometheus say nothing and pass. A link from elsewhere may open a page, but
 * nothing of Jolokia, whose GET requests could run operations: those must be POST for everyone.
 */
final class SameOriginFilter extends OncePerRequestFilter {

    private static final String JOLOKIA = "/jolokia";
    private static final Set<String> READING = Set.of("", "version", "list", "read", "search");
    private static final Set<String> OWN_SITE = Set.of("same-origin", "none");

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!hasOwnOrigin(request) || !(comesFromOwnSite(request) || opensPage(request))) {
            Refusal.write(response, "Pages of other origins may not use the operations plane.");
        } else if (!HttpMethod.POST.matches(request.getMethod()) && runsOperation(request)) {
            Refusal.write(response, "Jolokia runs operations by POST only.");
        } else {
            chain.doFilter(request, response);
        }
    }

    private static boolean hasOwnOrigin(HttpServletRequest request) {
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        String host = request.getHeader(HttpHeaders.HOST);
        return origin == null || (host != null && authority(origin).equalsIgnoreCase(host));
    }

    /** The scheme is left out: a proxy that ends TLS changes it. */
    private static String authority(String origin) {
        int end = origin.indexOf("://");
        return end < 0 ? "" : origin.substring(end + 3);
    }

    private static boolean comesFromOwnSite(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        return site == null || OWN_SITE.contains(site);
    }

    private static boolean opensPage(HttpServletRequest request) {
        return HttpMethod.GET.matches(request.getMethod())
                && "navigate".equals(request.getHeader("Sec-Fetch-Mode"))
                && jolokiaPath(request) == null;
    }

    private static boolean runsOperation(HttpServletRequest request) {
        String path = jolokiaPath(request);
        return path != null
                && (!READING.contains(path.replaceFirst("^/", "").split("/", 2)[0])
                        || request.getParameter("p") != null);
    }

    /** What stands after {@code /jolokia}, where a GET request names its operation; null for other pages. */
    private static @Nullable String jolokiaPath(HttpServletRequest request) {
        String uri = request.getRequestURI();
        int at = uri.indexOf(JOLOKIA);
        return at < 0 ? null : uri.substring(at + JOLOKIA.length());
    }
}
