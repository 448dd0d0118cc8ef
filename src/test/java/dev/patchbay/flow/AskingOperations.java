package dev.patchbay.flow;

import dev.patchbay.provider.ProviderClient;
import dev.patchbay.route.check.RouteFolder;
import dev.patchbay.route.check.YamlRoute;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.context.ApplicationContext;

/**
 * The operations from which a route is reached that asks a provider, read from the files: in a provider's folder, and with
 * a step that leaves the routes or calls a bean that has a {@link ProviderClient}.
 */
final class AskingOperations {

    private static final List<YamlRoute> ROUTES =
            YamlRoute.all(new RouteFolder(Path.of("routes"), true).read()).stream()
                    .filter(route -> !route.folder().equals("sandbox"))
                    .filter(route -> route.recipe().isEmpty()) // off, unless somebody wants it
                    .toList();

    private AskingOperations() {}

    /** Methods and paths, as {@code POST /calls/{id}/say}. */
    static Set<String> of(ApplicationContext beans) {
        Set<String> operations = new TreeSet<>();
        ROUTES.stream()
                .filter(route -> route.isEntry() && reached(route).stream().anyMatch(inner -> asks(inner, beans)))
                .forEach(route -> operations.add(route.parameters().get("httpMethodRestrict") + " "
                        + route.parameters().get("path")));
        return operations;
    }

    private static Set<YamlRoute> reached(YamlRoute entry) {
        Set<YamlRoute> seen = new HashSet<>(Set.of(entry));
        Deque<YamlRoute> next = new ArrayDeque<>(seen);
        while (!next.isEmpty()) {
            next.pop().sendings().stream()
                    .filter(YamlRoute.Sending::isDirect)
                    .flatMap(sending -> ROUTES.stream().filter(route -> route.id()
                            .matches(sending.name().replaceAll("\\$\\{[^}]*}", "[a-z0-9]+"))))
                    .filter(seen::add)
                    .forEach(next::push);
        }
        return seen;
    }

    private static boolean asks(YamlRoute route, ApplicationContext beans) {
        return !route.provider().isEmpty()
                && (route.sendings().stream().anyMatch(sending -> !sending.isDirect())
                        || route.beans().stream().anyMatch(name -> hasClient(beans.getBean(name), new HashSet<>())));
    }

    private static boolean hasClient(Object bean, Set<Object> seen) {
        if (bean instanceof ProviderClient) {
            return true;
        }
        if (bean == null || !bean.getClass().getName().startsWith("dev.patchbay.") || !seen.add(bean)) {
            return false;
        }
        for (Field field : bean.getClass().getDeclaredFields()) {
            if (!Modifier.isStatic(field.getModifiers()) && hasClient(value(field, bean), seen)) {
                return true;
            }
        }
        return false;
    }

    private static Object value(Field field, Object bean) {
        try {
            field.setAccessible(true);
            return field.get(bean);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
