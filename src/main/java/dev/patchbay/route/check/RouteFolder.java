package dev.patchbay.route.check;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A folder of routes on disk. Of what lies in it only the files of routes, kamelets, TwiML templates and the document of
 * the REST API count; hidden files and folders, and what editors write beside a file while they save it, are not seen.
 *
 * @param dir the folder
 * @param sandbox whether the providers' REST APIs are played by routes too ({@code sandbox/})
 */
public record RouteFolder(Path dir, boolean sandbox) {

    /** The most that a file may have, in bytes: a hundred times a long route. */
    static final long LARGEST = 1024 * 1024;

    private static final Pattern ROUTES =
            Pattern.compile("(?m)^-\\s+(route|from|routeConfiguration|routeTemplate|rest):|^kind:\\s*Kamelet\\s*$");

    /** Deep enough for everybody, and an end for links that lead in a circle. */
    private static final int DEPTH = 16;

    /**
     * What the disk says of a file without reading it; an edit changes one of these.
     *
     * @param identity of the file itself, which a rename replaces; null where there is none
     */
    public record Stamp(long modified, long size, @Nullable Object identity) {}

    /** Every file that counts, with its stamp; a file that cannot be looked at has the stamp of nothing. */
    public Map<String, Stamp> stamps() {
        Map<String, Stamp> found = new TreeMap<>();
        if (!Files.isDirectory(dir)) {
            return found;
        }
        try {
            Files.walkFileTree(dir, EnumSet.of(FileVisitOption.FOLLOW_LINKS), DEPTH, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    return folder.equals(dir) || counts(path(folder) + "/")
                            ? FileVisitResult.CONTINUE
                            : FileVisitResult.SKIP_SUBTREE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    String path = path(file);
                    if (counts(path)) {
                        found.put(
                                path,
                                new Stamp(
                                        attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS),
                                        attributes.size(),
                                        attributes.fileKey()));
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException failed) {
                    String path = path(file);
                    // What was deleted between the listing and the look is not here; a folder may be closed to us.
                    if (!(failed instanceof NoSuchFileException) && (counts(path) || counts(path + "/"))) {
                        found.put(path, new Stamp(0, -1, null));
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            // The visitor goes on after every failure of a single file; what is left is the folder itself, just
            // deleted.
            found.clear();
        }
        return found;
    }

    /** Reads everything that counts. What changes meanwhile may be in an old or new state: see {@link #stamps()}. */
    public RouteSources read() {
        Map<String, byte[]> files = new TreeMap<>();
        Map<String, String> unread = new TreeMap<>();
        stamps().forEach((path, stamp) -> {
            try {
                if (stamp.size() > LARGEST) {
                    unread.put(path, tooLarge(stamp.size()));
                    return;
                }
                byte[] content = Files.readAllBytes(dir.resolve(path));
                if (content.length > LARGEST) {
                    unread.put(path, tooLarge(content.length));
                } else if (hasAName(path) || looksLikeRoutes(content)) {
                    files.put(path, content);
                }
            } catch (AccessDeniedException e) {
                unread.put(path, "may not be read: permission denied");
            } catch (NoSuchFileException e) {
                if (Files.isSymbolicLink(dir.resolve(path))) {
                    unread.put(path, "is a link to a file that is not there");
                }
            } catch (IOException e) {
                unread.put(path, "cannot be read: " + reason(e));
            }
        });
        return new RouteSources(dir, files, unread);
    }

    private static String tooLarge(long size) {
        return "has %.1f MB; 1 MB is the most".formatted(size / 1024.0 / 1024.0);
    }

    private static String reason(IOException e) {
        String words = e.getMessage();
        return words == null ? e.getClass().getSimpleName() : words;
    }

    private String path(Path file) {
        return dir.relativize(file).toString().replace('\\', '/');
    }

    /** A folder's path ends with a slash. */
    private boolean counts(String path) {
        boolean hidden = path.startsWith(".") || path.contains("/.");
        if (hidden || (!sandbox && path.startsWith("sandbox/"))) {
            return false;
        }
        return path.endsWith("/") || hasAName(path) || path.endsWith(".yaml") || path.endsWith(".yml");
    }

    private static boolean hasAName(String path) {
        return path.equals(RouteSources.API_DOCUMENT)
                || RouteSources.isRouteFile(path)
                || RouteSources.isKameletFile(path)
                || RouteSources.isTemplateFile(path);
    }

    /** Somebody's data may be YAML too; a route that nobody loads because of its file's name must not go unnoticed. */
    private static boolean looksLikeRoutes(byte[] content) {
        return ROUTES.matcher(new String(content, StandardCharsets.UTF_8)).find();
    }
}
