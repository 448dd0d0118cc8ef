package dev.patchbay.route.check;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The files of a routes folder at one moment, by their paths below it (with slashes). What is checked, built and kept is
 * one of these, so that an editor who goes on writing changes nothing of it.
 */
public final class RouteSources {

    /** The document of the REST API. */
    public static final String API_DOCUMENT = "api/openapi.yaml";

    private static final String ROUTE = ".camel.yaml";
    private static final String KAMELET = ".kamelet.yaml";

    private final Path dir;
    private final SortedMap<String, byte[]> files;
    private final SortedMap<String, String> unread;

    /**
     * @param dir the folder, as messages name it
     * @param files path to content
     * @param unread path to the reason why a file could not be read
     */
    public RouteSources(Path dir, Map<String, byte[]> files, Map<String, String> unread) {
        this.dir = dir;
        this.files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
        this.unread = Collections.unmodifiableSortedMap(new TreeMap<>(unread));
    }

    public Path dir() {
        return dir;
    }

    /** The path as a person finds it: with the folder before it. */
    public String shown(String path) {
        return dir.resolve(path).toString();
    }

    /** Every path, also of what could not be read. */
    public SortedSet<String> paths() {
        SortedSet<String> paths = new TreeSet<>(files.keySet());
        paths.addAll(unread.keySet());
        return paths;
    }

    /** What could not be read, and why. */
    public SortedMap<String, String> unread() {
        return unread;
    }

    /** Whether the file is here and could be read. */
    public boolean has(String path) {
        return files.containsKey(path);
    }

    /** A copy of the file's bytes; empty when it is not here. */
    public byte[] bytes(String path) {
        byte[] content = files.get(path);
        return content == null ? new byte[0] : content.clone();
    }

    /** The file as UTF-8, without a byte order mark; bytes that are none become replacement characters. */
    public String text(String path) {
        String text = new String(files.getOrDefault(path, new byte[0]), StandardCharsets.UTF_8);
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    /**
     * The files of routes: {@code error/} first, because an error configuration holds only for routes that are loaded after
     * it, then in the order of their paths.
     */
    public List<String> routeFiles() {
        return files.keySet().stream()
                .filter(RouteSources::isRouteFile)
                .sorted(Comparator.comparing((String path) -> !path.startsWith("error/"))
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    /** The files of kamelets, in order. */
    public List<String> kameletFiles() {
        return files.keySet().stream().filter(RouteSources::isKameletFile).toList();
    }

    /** The files of TwiML templates, in order. */
    public List<String> templateFiles() {
        return files.keySet().stream().filter(RouteSources::isTemplateFile).toList();
    }

    public static boolean isRouteFile(String path) {
        return path.endsWith(ROUTE);
    }

    public static boolean isKameletFile(String path) {
        return path.endsWith(KAMELET);
    }

    public static boolean isTemplateFile(String path) {
        return path.matches("twiml/[^/]+\\.xml");
    }

    /** The name that a file of a route or kamelet gives to what is in it: {@code agent-select}. */
    public static String name(String path) {
        String file = path.substring(path.lastIndexOf('/') + 1);
        return file.endsWith(ROUTE)
                ? file.substring(0, file.length() - ROUTE.length())
                : file.endsWith(KAMELET)
                        ? file.substring(0, file.length() - KAMELET.length())
                        : file.replaceFirst("\\.[^.]*$", "");
    }

    /** The folder of a path: {@code operation}, {@code provider/echo}; empty for the routes folder itself. */
    public static String folder(String path) {
        int end = path.lastIndexOf('/');
        return end < 0 ? "" : path.substring(0, end);
    }

    /** The same without these files. */
    public RouteSources without(Collection<String> left) {
        return only(path -> !left.contains(path));
    }

    private RouteSources only(Predicate<String> kept) {
        SortedMap<String, byte[]> some = new TreeMap<>(files);
        some.keySet().removeIf(kept.negate());
        SortedMap<String, String> reasons = new TreeMap<>(unread);
        reasons.keySet().removeIf(kept.negate());
        return new RouteSources(dir, some, reasons);
    }

    /** The paths whose content is not the same in both. */
    public Set<String> differences(RouteSources other) {
        Set<String> paths = new TreeSet<>(paths());
        paths.addAll(other.paths());
        paths.removeIf(path -> Arrays.equals(files.get(path), other.files.get(path))
                && String.valueOf(unread.get(path)).equals(String.valueOf(other.unread.get(path))));
        return paths;
    }

    /** Whether both have the same bytes under this path. */
    public boolean sameIn(@Nullable RouteSources other, String path) {
        return other != null && Arrays.equals(files.get(path), other.files.get(path));
    }

    /** SHA-256 over all paths and contents, in hex: the same for the same files, whatever their times. */
    public String fingerprint() {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
        files.forEach((path, content) -> {
            digest.update((path + "\n" + content.length + "\n").getBytes(StandardCharsets.UTF_8));
            digest.update(content);
        });
        unread.forEach((path, reason) -> digest.update((path + "\n" + reason + "\n").getBytes(StandardCharsets.UTF_8)));
        return HexFormat.of().formatHex(digest.digest());
    }

    @Override
    public String toString() {
        return dir + " (" + files.size() + " files)";
    }
}
