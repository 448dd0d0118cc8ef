package dev.patchbay.route;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.route.check.RouteSources;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last states of the routes folder that went live, in {@code PATCHBAY_DATA_DIR/routes}: one folder each, with the files
 * as they were and {@code version.json}. Beside them {@code running.json}, which version runs and whether it is held, and
 * {@code flips.jsonl}, a line for every flip. A disk that fails costs the way back, never a flip.
 */
final class RouteVersions {

    private static final Logger LOG = LoggerFactory.getLogger(RouteVersions.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final int KEPT = 10;

    /** Lines of {@code flips.jsonl}; twice as many may be there before it is shortened. */
    private static final int FLIPS = 1_000;

    private static final String ABOUT = "version.json";
    private static final String RUNNING = "running.json";
    private static final String AUDIT = "flips.jsonl";

    private final Path dir;

    /**
     * One state that went live.
     *
     * @param number counted from 1, also across restarts
     * @param before the one that ran before; 0 for none
     * @param fingerprint of its files
     */
    record Version(long number, Instant at, long before, String fingerprint) {}

    /**
     * What runs.
     *
     * @param version its number
     * @param heldAgainst the fingerprint of the folder that is not to run, because somebody went back from it; null when the
     *     folder runs
     */
    record Running(long version, @Nullable String heldAgainst) {}

    RouteVersions(Path dir) {
        this.dir = dir;
    }

    /** Those that are kept, the oldest first. */
    List<Version> list() {
        try (Stream<Path> folders = Files.list(dir)) {
            List<Version> found = new ArrayList<>();
            for (Path folder : folders.filter(
                            each -> each.getFileName().toString().matches("\\d+"))
                    .toList()) {
                read(folder.resolve(ABOUT))
                        .ifPresent(about -> found.add(new Version(
                                about.path("number").asLong(),
                                Instant.parse(about.path("at").asText()),
                                about.path("before").asLong(),
                                about.path("fingerprint").asText())));
            }
            found.sort(Comparator.comparingLong(Version::number));
            return found;
        } catch (NoSuchFileException none) {
            return List.of();
        } catch (IOException | RuntimeException e) {
            LOG.warn("{} cannot be read: {}", dir, e.toString());
            return List.of();
        }
    }

    Optional<Version> newest() {
        List<Version> all = list();
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }

    Optional<Version> find(long number) {
        return list().stream().filter(version -> version.number() == number).findFirst();
    }

    /** The files of a version, named as if they were in the routes folder; nothing when they cannot be read. */
    Optional<RouteSources> sources(long number, Path shownIn) {
        Path folder = folder(number).resolve("files");
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(folder.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
            }
            return Optional.of(new RouteSources(shownIn, files, Map.of()));
        } catch (IOException | RuntimeException e) {
            LOG.warn("Version {} of the routes cannot be read: {}", number, e.toString());
            return Optional.empty();
        }
    }

    /**
     * Keeps a state, unless it is that of the newest version, and forgets the oldest.
     *
     * @param before the version that ran before; 0 for none
     * @return its number; 0 when it could not be written
     */
    long keep(RouteSources sources, long before) {
        String fingerprint = sources.fingerprint();
        Optional<Version> newest = newest();
        if (newest.isPresent() && newest.get().fingerprint().equals(fingerprint)) {
            return newest.get().number();
        }
        long number = newest.map(Version::number).orElse(0L) + 1;
        try {
            Path draft = dir.resolve("draft");
            delete(draft);
            for (String path : sources.paths()) {
                Path file = draft.resolve("files").resolve(path);
                Files.createDirectories(file.getParent());
                Files.write(file, sources.bytes(path));
            }
            ObjectNode about = JSON.createObjectNode()
                    .put("number", number)
                    .put("at", Instant.now().toString())
                    .put("before", before)
                    .put("fingerprint", fingerprint);
            Files.writeString(draft.resolve(ABOUT), about.toPrettyString());
            Files.move(draft, folder(number), StandardCopyOption.ATOMIC_MOVE); // Whole or not at all.
            List<Version> all = list();
            for (Version old : all.subList(0, Math.max(0, all.size() - KEPT))) {
                delete(folder(old.number()));
            }
            return number;
        } catch (IOException | RuntimeException e) {
            LOG.warn("This version of the routes is not kept, there is no way back to it: {}", e.toString());
            return 0;
        }
    }

    Optional<Running> running() {
        return read(dir.resolve(RUNNING))
                .map(known -> new Running(
                        known.path("version").asLong(),
                        known.hasNonNull("held_against")
                                ? known.path("held_against").asText()
                                : null));
    }

    void running(Running now) {
        ObjectNode known = JSON.createObjectNode().put("version", now.version()).put("held_against", now.heldAgainst());
        try {
            Files.createDirectories(dir);
            Path draft = Files.writeString(dir.resolve(RUNNING + ".draft"), known.toPrettyString());
            Files.move(
                    draft, dir.resolve(RUNNING), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.warn("Which version of the routes runs is not noted: {}", e.toString());
        }
    }

    /** Notes a flip for later. */
    void audit(Map<String, ?> flip) {
        try {
            Files.createDirectories(dir);
            Path file = dir.resolve(AUDIT);
            Files.writeString(
                    file, JSON.writeValueAsString(flip) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            List<String> lines = Files.readAllLines(file);
            if (lines.size() > 2 * FLIPS) {
                Files.write(file, lines.subList(lines.size() - FLIPS, lines.size()), StandardCharsets.UTF_8);
            }
        } catch (IOException e) {
            LOG.warn("A flip of the routes is not noted: {}", e.toString());
        }
    }

    private Path folder(long number) {
        return dir.resolve("%06d".formatted(number));
    }

    private static Optional<JsonNode> read(Path file) {
        try {
            return Optional.of(JSON.readTree(file.toFile()));
        } catch (IOException absent) {
            return Optional.empty();
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
