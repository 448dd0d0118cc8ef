package dev.patchbay.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class AudioFirstTest {

    /** Field of {@code /proc/<pid>/stat} after the name in brackets. */
    private static final int NICE = 16;

    @Test
    void aBackgroundThreadIsNicerThanTheOneThatStartedIt() throws Exception {
        int before = niceness(Path.of("/proc/thread-self"));
        assertThat(inNewThread(() -> niceness(Path.of("/proc/thread-self")))).isEqualTo(Math.min(19, before + 10));
        assertThat(niceness(Path.of("/proc/thread-self"))).isEqualTo(before);
    }

    @Test
    void compilersAreNicerToo() throws Exception {
        AudioFirst.compilersCanWait();
        List<Integer> compilers = new ArrayList<>();
        try (var threads = Files.list(Path.of("/proc/self/task"))) {
            for (Path thread : threads.toList()) {
                if (Files.readString(thread.resolve("comm")).matches("C[12] Compiler.*\\n")) {
                    compilers.add(niceness(thread));
                }
            }
        }
        assertThat(compilers).isNotEmpty().allMatch(nice -> nice >= 4);
    }

    private static int inNewThread(Callable<Integer> task) throws Exception {
        ExecutorService one = Executors.newSingleThreadExecutor(AudioFirst.threads("background-"));
        try {
            return one.submit(task).get();
        } finally {
            one.shutdown();
        }
    }

    private static int niceness(Path thread) throws Exception {
        String stat = Files.readString(thread.resolve("stat"));
        return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[NICE]);
    }
}
