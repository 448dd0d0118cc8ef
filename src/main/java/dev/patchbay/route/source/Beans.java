package dev.patchbay.route.source;

import org.apache.camel.CamelContext;
import org.apache.camel.support.CamelContextHelper;

/** The gateway's beans as a route's context knows them: asked for when a consumer starts, so that routes can be checked without. */
final class Beans {

    private Beans() {}

    static <T> T required(CamelContext context, Class<T> type) {
        T bean = CamelContextHelper.findSingleByType(context, type);
        if (bean == null) {
            throw new IllegalStateException("There is no " + type.getSimpleName() + " to listen to");
        }
        return bean;
    }
}
