package dev.patchbay.http;

import io.vertx.ext.web.Router;

/** Something on the public plane that is no YAML route: it outlives every edit. Every bean of this type is mounted. */
@FunctionalInterface
public interface PublicHandler {

    /** Adds its routes. Called once, before the body of a request is read. */
    void mount(Router router);
}
