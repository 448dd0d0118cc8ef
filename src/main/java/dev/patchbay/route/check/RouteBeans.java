package dev.patchbay.route.check;

import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.camel.spi.BeanRepository;
import org.jspecify.annotations.Nullable;

/**
 * What routes find around them.
 *
 * @param repository the beans that they name
 * @param settings the value of a {@code {{placeholder}}}; null for one that there is not
 * @param names of all beans, for who mistyped one
 */
public record RouteBeans(
        BeanRepository repository, Function<String, @Nullable String> settings, Supplier<Set<String>> names) {}
