package dev.patchbay.route.check;

import java.beans.PropertyDescriptor;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.camel.Component;
import org.apache.camel.Service;
import org.apache.camel.spi.BeanRepository;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeanUtils;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.ClassPathBeanDefinitionScanner;
import org.springframework.context.annotation.ConfigurationClassPostProcessor;
import org.springframework.core.env.Environment;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.objenesis.SpringObjenesis;
import org.springframework.util.ReflectionUtils;

/**
 * The gateway's beans without the gateway: their names and types as the configuration classes say, and for each an object
 * of its type whose constructor has not run. A check looks at types and methods and calls nothing, so no store is opened
 * and no server started.
 */
public final class StandInBeans implements BeanRepository {

    private static final String OURS = "dev.patchbay";

    private final Map<String, Class<?>> types = new TreeMap<>();
    private final Map<String, Object> made = new ConcurrentHashMap<>();
    private final SpringObjenesis objects = new SpringObjenesis();

    private StandInBeans(Environment environment) {
        DefaultListableBeanFactory definitions = new DefaultListableBeanFactory();
        ClassPathBeanDefinitionScanner scanner = new ClassPathBeanDefinitionScanner(definitions, true, environment);
        // It would bring in what Spring Boot configures, of which no route knows.
        scanner.addExcludeFilter(new AnnotationTypeFilter(EnableAutoConfiguration.class));
        scanner.scan(OURS);
        ConfigurationClassPostProcessor configurations = new ConfigurationClassPostProcessor();
        configurations.setEnvironment(environment);
        configurations.postProcessBeanDefinitionRegistry(definitions);
        for (String name : definitions.getBeanDefinitionNames()) {
            Class<?> type = definitions.getType(name, false);
            if (type != null) {
                types.put(name, type);
            }
        }
    }

    /** @param environment whose profiles decide which beans there are, and whose settings the routes see */
    public static RouteBeans of(Environment environment) {
        StandInBeans beans = new StandInBeans(environment);
        return new RouteBeans(beans, environment::getProperty, beans::names);
    }

    private Set<String> names() {
        Set<String> names = new TreeSet<>(types.keySet());
        names.removeIf(name -> name.contains("."));
        names.add("twimlTemplates"); // Each generation of the routes has its own.
        return names;
    }

    @Override
    @SuppressWarnings("NullAway") // Camel takes null for "not here".
    public Object lookupByName(String name) {
        Class<?> type = types.get(name);
        Object known = made.get(name);
        if (known != null || type == null) {
            return known;
        }
        Object standIn = standIn(type);
        if (!Component.class.isAssignableFrom(type)) { // It ends with the context that it was made for.
            made.put(name, standIn);
        }
        return standIn;
    }

    @Override
    @SuppressWarnings("NullAway") // Camel takes null for "not here".
    public <T> T lookupByNameAndType(String name, Class<T> type) {
        Object bean = lookupByName(name);
        return type.isInstance(bean) ? type.cast(bean) : null;
    }

    @Override
    public <T> Map<String, T> findByTypeWithName(Class<T> type) {
        Map<String, T> found = new LinkedHashMap<>();
        types.forEach((name, of) -> {
            if (type.isAssignableFrom(of)) {
                found.put(name, type.cast(lookupByName(name)));
            }
        });
        return found;
    }

    @Override
    public <T> Set<T> findByType(Class<T> type) {
        return Set.copyOf(findByTypeWithName(type).values());
    }

    private Object standIn(Class<?> type) {
        if (type.isInterface()) {
            return Proxy.newProxyInstance(
                    type.getClassLoader(),
                    new Class<?>[] {type},
                    (self, method, arguments) -> answer(self, method, arguments));
        }
        if (Component.class.isAssignableFrom(type)) {
            return equipped(constructed(type));
        }
        return Service.class.isAssignableFrom(type) ? constructed(type) : objects.newInstance(type, false);
    }

    private @Nullable Object answer(Object self, Method method, @Nullable Object[] arguments) {
        return switch (method.getName()) {
            case "equals" -> self == arguments[0];
            case "hashCode" -> System.identityHashCode(self);
            case "toString" -> "stand-in";
            default -> part(method.getReturnType());
        };
    }

    /** What a bean hands out of itself, as a database does a collection: an endpoint asks for it when it is made. */
    private @Nullable Object part(Class<?> type) {
        return type.isInterface() && isOthers(type) ? standIn(type) : null;
    }

    /** Camel starts it, so what its superclass needs for that must be there; our constructors only keep what they get. */
    private Object constructed(Class<?> type) {
        Constructor<?> constructor = Stream.of(type.getDeclaredConstructors())
                .min(Comparator.comparingInt(Constructor::getParameterCount))
                .orElseThrow();
        ReflectionUtils.makeAccessible(constructor);
        return BeanUtils.instantiateClass(
                constructor,
                Stream.of(constructor.getParameterTypes()).map(this::argument).toArray());
    }

    private @Nullable Object argument(Class<?> type) {
        if (type.isPrimitive()) {
            return Array.get(Array.newInstance(type, 1), 0);
        }
        return type.isInterface() ? standIn(type) : bean(type);
    }

    /** The stand-in of the only bean of this type; null without one. */
    private @Nullable Object bean(Class<?> type) {
        return types.entrySet().stream()
                .filter(bean -> type.equals(bean.getValue()))
                .findFirst()
                .map(bean -> lookupByName(bean.getKey()))
                .orElse(null);
    }

    /** A component with stand-ins for what the gateway would give it. */
    private Object equipped(Object component) {
        for (PropertyDescriptor property : BeanUtils.getPropertyDescriptors(component.getClass())) {
            Method setter = property.getWriteMethod();
            if (setter == null || !isOthers(setter.getParameterTypes()[0])) {
                continue;
            }
            Object bean = bean(setter.getParameterTypes()[0]);
            if (bean != null) {
                ReflectionUtils.invokeMethod(setter, component, bean);
            }
        }
        return component;
    }

    /** Neither Java's nor Camel's own. */
    private static boolean isOthers(Class<?> wanted) {
        return !wanted.isPrimitive()
                && !wanted.getName().startsWith("java.")
                && !wanted.getName().startsWith("org.apache.camel.");
    }
}
