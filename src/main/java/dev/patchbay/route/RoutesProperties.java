package dev.patchbay.route;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the YAML routes are.
 *
 * @param dir the folder ({@code PATCHBAY_ROUTES_DIR}), relative to the working directory
 * @param reload whether edits go live while we run ({@code PATCHBAY_ROUTES_RELOAD})
 */
@ConfigurationProperties("patchbay.routes")
public record RoutesProperties(
        @DefaultValue("routes") Path dir,
        @DefaultValue("true") boolean reload) {}
