package dev.patchbay.route.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What of a folder counts, and what is noticed of it. */
class RouteFolderTest {

    private static final String ROUTE = "operation/greet.camel.yaml";

    @TempDir
    private Path folder;

    @Test
    void onlyFilesOfRoutesCount() throws Exception {
        for (String path : new String[] {
            ROUTE,
            "kamelet/x-action.kamelet.yaml",
            "twiml/hello.xml",
            "api/openapi.yaml",
            "deep/er/still/one.camel.yaml",
            "sandbox/played.camel.yaml",
            // not these
            "README.md",
            "twiml/README.md",
            "twiml/old/hello.xml",
            "sandbox/agents.json",
            "operation/.greet.camel.yaml.swp",
            "operation/greet.camel.yaml~",
            "operation/.#greet.camel.yaml",
            "operation/4913",
            "operation/greet.camel.yaml.tmp",
            "operation/greet.camel.yaml___jb_tmp___",
            ".git/hooks.camel.yaml",
            "..data/greet.camel.yaml",
        }) {
            write(path, "x");
        }
        write("recipe/holidays.yaml", "- 2026-12-25\n");
        write("operation/forgotten.yaml", "- route:\n    id: forgotten\n");
        write("kamelet/forgotten.yml", "kind: Kamelet\n");

        assertThat(read(true).paths())
                .containsExactlyInAnyOrder(
                        ROUTE,
                        "kamelet/x-action.kamelet.yaml",
                        "twiml/hello.xml",
                        "api/openapi.yaml",
                        "deep/er/still/one.camel.yaml",
                        "sandbox/played.camel.yaml",
                        "operation/forgotten.yaml",
                        "kamelet/forgotten.yml");
        assertThat(read(false).paths())
                .doesNotContain("sandbox/played.camel.yaml")
                .contains(ROUTE);
    }

    @Test
    void errorConfigurationsComeFirst() throws Exception {
        write("api/a.camel.yaml", "x");
        write("error/z.camel.yaml", "x");
        write("a.camel.yaml", "x");

        assertThat(read(true).routeFiles()).containsExactly("error/z.camel.yaml", "a.camel.yaml", "api/a.camel.yaml");
    }

    @Test
    void aChangeOfTimeOrSizeOrFileIsNoticed() throws Exception {
        RouteFolder routes = new RouteFolder(folder, true);
        Path file = write(ROUTE, "one");
        var before = routes.stamps();
        assertThat(routes.stamps()).isEqualTo(before);

        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000));
        var older = routes.stamps();
        assertThat(older).isNotEqualTo(before);

        Path other = Files.writeString(folder.resolve("other"), "two");
        Files.setLastModifiedTime(other, FileTime.fromMillis(1_000));
        Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
        assertThat(routes.stamps()).as("another file of the same size and time").isNotEqualTo(older);

        write("deep/er/new.camel.yaml", "x");
        assertThat(routes.stamps()).containsKey("deep/er/new.camel.yaml");
        Files.delete(file);
        assertThat(routes.stamps()).doesNotContainKey(ROUTE);
    }

    @Test
    void aLinkedFileOrFolderIsReadAndACircleOfLinksEnds() throws Exception {
        write(".shared/linked.camel.yaml", "x");
        Files.createDirectories(folder.resolve("operation"));
        Files.createSymbolicLink(
                folder.resolve("operation/linked.camel.yaml"), Path.of("../.shared/linked.camel.yaml"));
        Files.createSymbolicLink(folder.resolve("more"), folder.resolve(".shared"));
        Files.createSymbolicLink(folder.resolve("operation/round"), folder);

        RouteSources sources = read(true);

        assertThat(sources.has("operation/linked.camel.yaml")).isTrue();
        assertThat(sources.has("more/linked.camel.yaml")).isTrue();
    }

    @Test
    void twoStatesAreComparedByContent() throws Exception {
        Path file = write(ROUTE, "one");
        write("twiml/x.xml", "x");
        RouteSources before = read(true);
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000));
        RouteSources touched = read(true);
        write(ROUTE, "two");
        write("operation/new.camel.yaml", "x");
        Files.delete(folder.resolve("twiml/x.xml"));
        RouteSources after = read(true);

        assertThat(touched.differences(before)).isEmpty();
        assertThat(touched.fingerprint()).isEqualTo(before.fingerprint());
        assertThat(after.differences(before))
                .containsExactly("operation/greet.camel.yaml", "operation/new.camel.yaml", "twiml/x.xml");
        assertThat(after.fingerprint()).isNotEqualTo(before.fingerprint());
    }

    @Test
    void aFolderThatIsNotThereIsEmpty() {
        assertThat(new RouteFolder(folder.resolve("nowhere"), true).read().paths())
                .isEmpty();
    }

    private RouteSources read(boolean sandbox) {
        return new RouteFolder(folder, sandbox).read();
    }

    private Path write(String path, String content) throws Exception {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }
}
