package dev.patchbay.route;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The YAML files of a routes folder.
 *
 * @param dir the folder
 * @param sandbox whether the providers' REST APIs are played by routes too ({@code sandbox/})
 */
public record RouteFiles(Path dir, boolean sandbox) {

    /**
     * Every {@code *.camel.yaml} below the folder: {@code error/} first, because an error configuration holds only for
     * routes that are loaded after it, then in the order of their paths.
     *
     * @throws PatchbayRoutesException when the folder is missing
     */
    public List<Path> list() {
        if (!Files.isDirectory(dir)) {
            throw new PatchbayRoutesException("No folder " + dir.toAbsolutePath() + ": set PATCHBAY_ROUTES_DIR", null);
        }
        try (Stream<Path> files = Files.walk(dir)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.getFileName().toString().endsWith(".camel.yaml"))
                    .filter(file -> sandbox || !file.startsWith(dir.resolve("sandbox")))
                    .sorted(Comparator.comparing((Path file) -> !file.startsWith(dir.resolve("error")))
                            .thenComparing(Comparator.naturalOrder()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where kamelets are looked for. */
    public String kameletLocation() {
        return "file:" + dir.resolve("kamelet") + "/";
    }
}
