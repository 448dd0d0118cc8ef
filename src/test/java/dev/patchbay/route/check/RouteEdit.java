package dev.patchbay.route.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;

/**
 * Something that an engineer does to a folder of routes, as a file of {@code src/test/resources/route-edits} tells it: changes of
 * files, and what is to be said of them.
 *
 * @param name of its file
 * @param expected null for an edit that is good
 * @param live by what one sees that a good one runs: {@code get} with {@code status} and {@code contains}, a {@code route}
 *     that is there, one that is {@code gone}, one that is said to have {@code changed}
 */
public record RouteEdit(
        String name,
        List<Map<String, Object>> changes,
        @Nullable Expected expected,
        List<Map<String, Object>> live) {

    /**
     * What is to be found.
     *
     * @param line of the finding
     * @param at in place of it, a text that the line contains: for files that grow
     * @param reason a part of it
     * @param more other findings that the same mistake makes
     */
    public record Expected(String file, int line, String at, String reason, int more) {

        /** @param text of the file after the edit */
        public int lineIn(String text) {
            return at.isEmpty()
                    ? line
                    : (int) text.lines().takeWhile(each -> !each.contains(at)).count() + 1;
        }
    }

    /** The corpus of a kind: {@code broken}, {@code good}. */
    public static List<RouteEdit> all(String kind) {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/route-edits", kind))) {
            return files.sorted().map(RouteEdit::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked") // The corpus is ours.
    private static RouteEdit read(Path file) {
        Map<String, Object> edit;
        try {
            edit = new Yaml().load(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<Map<String, Object>> none = List.of();
        Map<String, Object> expect = (Map<String, Object>) edit.getOrDefault("expect", Map.of());
        return new RouteEdit(
                file.getFileName().toString().replace(".yaml", ""),
                (List<Map<String, Object>>) edit.getOrDefault("changes", none),
                expect.isEmpty()
                        ? null
                        : new Expected(
                                text(expect, "file"),
                                (int) expect.getOrDefault("line", 0),
                                String.valueOf(expect.getOrDefault("at", "")),
                                text(expect, "reason"),
                                (int) expect.getOrDefault("more", 0)),
                (List<Map<String, Object>>) edit.getOrDefault("live", none));
    }

    /** Does it. @return false when this machine lets us do more than it lets others, and the edit would change nothing */
    public boolean applyTo(Path dir) throws IOException {
        boolean done = true;
        for (Map<String, Object> change : changes) {
            done &= apply(change, dir);
        }
        return done;
    }

    /** Makes the folder, a {@link #copyOfRoutes}, what it was. */
    public void undo(Path dir) throws IOException {
        for (Map<String, Object> change : changes) {
            for (String path : List.of(text(change, "file"), String.valueOf(change.getOrDefault("move", "")))) {
                Path original = Path.of("routes", path);
                if (!path.isEmpty()) {
                    Files.deleteIfExists(dir.resolve(path));
                }
                if (Files.isRegularFile(original)) {
                    Files.copy(original, dir.resolve(path));
                }
            }
        }
    }

    private boolean apply(Map<String, Object> change, Path dir) throws IOException {
        Path file = dir.resolve(text(change, "file"));
        Files.createDirectories(file.getParent());
        if (change.containsKey("replace")) {
            byte[] old = Files.readAllBytes(file);
            byte[] with = change.containsKey("hex")
                    ? HexFormat.of().parseHex(text(change, "hex"))
                    : text(change, "by").getBytes(StandardCharsets.UTF_8);
            save(file, replaced(old, text(change, "replace").getBytes(StandardCharsets.UTF_8), with));
        } else if (change.containsKey("content")) {
            save(file, text(change, "content").getBytes(StandardCharsets.UTF_8));
        } else if (change.containsKey("append")) {
            save(file, (Files.readString(file) + text(change, "append")).getBytes(StandardCharsets.UTF_8));
        } else if (change.containsKey("cut")) { // behind this text
            String text = Files.readString(file);
            String last = text(change, "cut");
            save(file, text.substring(0, text.indexOf(last) + last.length()).getBytes(StandardCharsets.UTF_8));
        } else if (change.containsKey("truncate")) {
            save(file, Arrays.copyOf(Files.readAllBytes(file), (int) change.get("truncate")));
        } else if (change.containsKey("hex")) {
            save(file, HexFormat.of().parseHex(text(change, "hex")));
        } else if (change.containsKey("lineEnds")) {
            save(
                    file,
                    Files.readString(file)
                            .replace("\n", text(change, "lineEnds"))
                            .getBytes(StandardCharsets.UTF_8));
        } else if (change.containsKey("encoding")) {
            save(file, Files.readString(file).getBytes(Charset.forName(text(change, "encoding"))));
        } else if (change.containsKey("size")) {
            save(file, "#".repeat((int) change.get("size")).getBytes(StandardCharsets.UTF_8));
        } else if (change.containsKey("delete")) {
            Files.delete(file);
        } else if (change.containsKey("move")) {
            Files.move(dir.resolve(text(change, "move")), file);
        } else if (change.containsKey("copy")) {
            Files.copy(dir.resolve(text(change, "copy")), file);
        } else if (change.containsKey("link")) {
            Files.createSymbolicLink(file, Path.of(text(change, "link")));
        } else if (change.containsKey("permissions")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(text(change, "permissions")));
            return !Files.isReadable(file); // Root reads everything.
        } else {
            throw new IllegalArgumentException(name + ": " + change);
        }
        return true;
    }

    /** As most editors do: beside it first, then in its place. */
    private static void save(Path file, byte[] content) throws IOException {
        Path draft = file.resolveSibling("." + file.getFileName() + ".swp");
        Files.write(draft, content);
        Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
    }

    private byte[] replaced(byte[] old, byte[] part, byte[] with) {
        String text = new String(old, StandardCharsets.ISO_8859_1);
        String from = new String(part, StandardCharsets.ISO_8859_1);
        int at = text.indexOf(from);
        if (at < 0) {
            throw new IllegalArgumentException(name + ": there is no " + new String(part, StandardCharsets.UTF_8));
        }
        return (text.substring(0, at)
                        + new String(with, StandardCharsets.ISO_8859_1)
                        + text.substring(at + from.length()))
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String text(Map<String, Object> change, String name) {
        return String.valueOf(change.get(name));
    }

    /** A copy of the project's routes to work on. */
    public static Path copyOfRoutes(Path into) throws IOException {
        Path routes = Path.of("routes");
        try (Stream<Path> files = Files.walk(routes)) {
            for (Path file : files.toList()) {
                Path copy = into.resolve(routes.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
        }
        return into;
    }

    @Override
    public String toString() {
        return name;
    }
}
