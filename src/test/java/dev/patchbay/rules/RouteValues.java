package dev.patchbay.rules;

import dev.patchbay.route.check.RouteBeans;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.yaml.snakeyaml.Yaml;

/**
 * Which headers and exchange variables there are, as the route files and the Java sources have them: who sets and who reads
 * which, and of what type a variable is where a bean makes it. A name that begins with {@code _} is a kamelet's own.
 */
final class RouteValues {

    private static final Pattern YAML = Pattern.compile(".*\\.(camel|kamelet)\\.yaml");
    private static final Pattern SET_IN_JAVA =
            Pattern.compile("(?:exchange|message)\\.set(Variable|Header)\\(\\s*([^,]+),");
    private static final Pattern READ_IN_JAVA = Pattern.compile("exchange\\.getVariable\\(\\s*([^,)]+)[,)]");
    /** {@code NAMES.forEach(name -> ... message.setHeader(name, value))}. */
    private static final Pattern SET_IN_A_LOOP =
            Pattern.compile("([A-Z_]+)\\.forEach\\(name -> .{0,400}message\\.setHeader\\(name,", Pattern.DOTALL);

    private static final Pattern RETURNED = Pattern.compile("(\\w+)\\s*(?:\\(.*)?", Pattern.DOTALL);

    /** The recipe of a route, by its id. */
    private final Map<String, String> recipeOf = new TreeMap<>();

    /** Of one kind, by name. */
    final class Values {

        /** Files by route id, kamelet or class. */
        final Map<String, Set<String>> setBy = new TreeMap<>();

        final Map<String, Set<String>> readBy = new TreeMap<>();
        final Map<String, Set<String>> types = new TreeMap<>();

        Set<String> setters(String name) {
            return setBy.getOrDefault(name, Set.of());
        }

        Set<String> readers(String name) {
            return readBy.getOrDefault(name, Set.of());
        }

        /**
         * What one file hands to another: what is read where it was not set, or set where it is not read. What every file
         * that knows it both sets and reads is each one's own, and what only the files of one recipe know is the recipe's.
         */
        Set<String> shared() {
            return Stream.concat(setBy.keySet().stream(), readBy.keySet().stream())
                    .filter(name -> !setters(name).equals(readers(name)) || isJavas(name))
                    .filter(name -> !isOfOneRecipe(name))
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        /** Whether only files of one recipe know it. */
        boolean isOfOneRecipe(String name) {
            Set<String> recipes = Stream.concat(setters(name).stream(), readers(name).stream())
                    .map(who -> recipeOf.getOrDefault(who, ""))
                    .collect(Collectors.toSet());
            return recipes.size() == 1 && !recipes.contains("");
        }

        private boolean isJavas(String name) {
            return Stream.concat(setters(name).stream(), readers(name).stream())
                    .anyMatch(who -> Character.isUpperCase(who.charAt(0)));
        }
    }

    final Values variables = new Values();
    final Values headers = new Values();
    private final RouteBeans beans;

    /** @param beans whose methods say of what type a variable is */
    RouteValues(RouteBeans beans) {
        this.beans = beans;
        files(Path.of("routes"), YAML).forEach(this::readYaml);
        files(Path.of("src/main/java"), Pattern.compile(".*\\.java")).forEach(this::readJava);
    }

    private static List<Path> files(Path dir, Pattern name) {
        try (Stream<Path> files = Files.walk(dir)) {
            return files.filter(file -> name.matcher(file.toString()).matches())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void readYaml(Path file) {
        String who = file.getFileName().toString().replaceFirst("\\..*", "");
        if (file.startsWith(YamlRoute.DIR.resolve("recipe"))) {
            recipeOf.put(who, file.getParent().getFileName().toString());
        }
        new Yaml().loadAll(YamlRoute.text(file)).forEach(document -> walk(who, document));
    }

    private void walk(String who, Object node) {
        if (node instanceof Collection<?> list) {
            list.forEach(element -> walk(who, element));
        } else if (node instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                if (key.equals("setVariable")) {
                    note(variables.setBy, name(value), who);
                    type(name(value), (Map<?, ?>) value);
                } else if (key.equals("setHeader")) {
                    note(headers.setBy, name(value), who);
                }
                if (!key.equals("example")) { // A kamelet's example is a route of somebody else's.
                    walk(who, value);
                }
            });
        } else if (node instanceof String text) {
            read(variables, "variable", text, who);
            read(headers, "header", text, who);
        }
    }

    /** {@code ${variable.call.id}}, {@code ${header[id]}}, {@code ${headers.id}}. */
    private static void read(Values values, String kind, String text, String who) {
        Matcher found = Pattern.compile("\\$\\{" + kind + "s?[.:\\[]\\??'?([A-Za-z_][\\w-]*)")
                .matcher(text);
        while (found.find()) {
            note(values.readBy, found.group(1), who);
        }
    }

    private static void note(Map<String, Set<String>> notes, String name, String what) {
        if (!name.startsWith("_")) {
            notes.computeIfAbsent(name, none -> new TreeSet<>()).add(what);
        }
    }

    private static String name(Object step) {
        return step instanceof Map<?, ?> map ? String.valueOf(map.get("name")) : "";
    }

    private void type(String name, Map<?, ?> step) {
        if (step.containsKey("constant")) {
            note(variables.types, name, "String");
        } else if (step.get("method") instanceof Map<?, ?> call) {
            Matcher method = RETURNED.matcher(String.valueOf(call.get("method")));
            Object bean = beans.repository().lookupByName(String.valueOf(call.get("ref")));
            if (bean != null && method.matches()) {
                Stream.of(bean.getClass().getMethods())
                        .filter(each -> each.getName().equals(method.group(1)))
                        .forEach(each -> note(variables.types, name, type(each)));
            }
        }
    }

    private static String type(Method method) {
        if (method.getGenericReturnType() instanceof ParameterizedType generic) {
            return method.getReturnType() == Optional.class
                    ? ((Class<?>) generic.getActualTypeArguments()[0]).getSimpleName()
                    : method.getReturnType().getSimpleName();
        }
        return method.getReturnType().getSimpleName();
    }

    private void readJava(Path file) {
        String text = YamlRoute.text(file);
        if (!text.contains("org.apache.camel")) {
            return; // Another kind of exchange and message.
        }
        String who = file.getFileName().toString().replace(".java", "");
        SET_IN_JAVA.matcher(text).results().forEach(found -> {
            Values values = found.group(1).equals("Header") ? headers : variables;
            named(found.group(2), text).ifPresent(name -> note(values.setBy, name, who));
        });
        SET_IN_A_LOOP.matcher(text).results().forEach(loop -> {
            Matcher names = Pattern.compile(loop.group(1) + " =\\s*\\w+\\.of\\(([^)]*)\\)")
                    .matcher(text);
            if (names.find()) {
                Pattern.compile("\"([^\"]+)\"")
                        .matcher(names.group(1))
                        .results()
                        .forEach(name -> note(headers.setBy, name.group(1), who));
            }
        });
        READ_IN_JAVA.matcher(text).results().forEach(found -> named(found.group(1), text)
                .ifPresent(name -> note(variables.readBy, name, who)));
    }

    /** A literal, a constant of the file or of Camel's {@code Exchange}; the beginning of a text with a star. */
    private static Optional<String> named(String expression, String source) {
        Matcher literal = Pattern.compile("\"([^\"]+)\"( \\+ \\w+)?").matcher(expression);
        if (literal.matches()) {
            return Optional.of(literal.group(1) + (literal.group(2) == null ? "" : "*"));
        }
        if (expression.startsWith("Exchange.")) {
            try {
                return Optional.of(String.valueOf(Exchange.class
                        .getField(expression.substring("Exchange.".length()))
                        .get(null)));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(expression, e);
            }
        }
        Matcher constant = Pattern.compile("String " + Pattern.quote(expression) + " = \"([^\"]+)\"")
                .matcher(source);
        return constant.find() ? Optional.of(constant.group(1)) : Optional.empty();
    }
}
