package dev.patchbay.media;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets audio go first where processors are short: threads that write to the store, or compile code, tell the operating
 * system that they can wait. Otherwise hundreds of calls that end at once hold up, by hundreds of ms, those that talk.
 *
 * <p>By {@code setpriority(2)} of single threads, which only Linux has, and which needs no permission in this direction;
 * Java's own thread priorities reach the system only with a flag of the JVM's. Elsewhere nothing happens.
 */
public final class AudioFirst {

    private static final Logger LOG = LoggerFactory.getLogger(AudioFirst.class);
    /** How nice to the others: about a tenth of the time of a thread that carries audio. */
    private static final int BACKGROUND = 10;
    /** About a third: code that is not compiled yet costs time, too, and somebody waits for an edit. */
    private static final int SOON = 4;

    private static final int PRIO_PROCESS = 0;
    private static final int THIS_THREAD = 0;
    private static final Path THREADS = Path.of("/proc/self/task");
    private static final @Nullable SystemLibrary SYSTEM = load();

    private AudioFirst() {}

    /** What is used of the C library. */
    interface SystemLibrary extends Library {
        int setpriority(int which, int who, int niceness);
    }

    /** The calling thread can wait from now on; so can threads that it starts. */
    public static void canWait() {
        canWait(BACKGROUND);
    }

    private static void canWait(int niceness) {
        if (SYSTEM != null) {
            SYSTEM.setpriority(PRIO_PROCESS, THIS_THREAD, niceness);
        }
    }

    /** Makes daemon threads that can wait, named with a prefix and a number. */
    public static ThreadFactory threads(String prefix) {
        return threads(prefix, BACKGROUND);
    }

    /** As {@link #threads}, but what they do is rare and somebody waits for it. */
    public static ThreadFactory threadsSoon(String prefix) {
        return threads(prefix, SOON);
    }

    private static ThreadFactory threads(String prefix, int niceness) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(
                    () -> {
                        canWait(niceness);
                        task.run();
                    },
                    prefix + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** The JVM's compilers can wait from now on. */
    public static void compilersCanWait() {
        if (SYSTEM == null) {
            return;
        }
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(THREADS)) {
            for (Path thread : threads) {
                String name = Files.readString(thread.resolve("comm"));
                if (name.startsWith("C1 Compiler") || name.startsWith("C2 Compiler")) {
                    SYSTEM.setpriority(
                            PRIO_PROCESS, Integer.parseInt(thread.getFileName().toString()), SOON);
                }
            }
        } catch (IOException e) {
            LOG.debug("The JVM's compilers stay as they are", e);
        }
    }

    private static @Nullable SystemLibrary load() {
        if (!Platform.isLinux()) {
            return null;
        }
        try {
            return Native.load("c", SystemLibrary.class);
        } catch (UnsatisfiedLinkError e) {
            // It unpacks a library of its own into the folder for temporary files.
            LOG.warn("Threads keep equal priorities, audio may be late when processors are short: {}", e.getMessage());
            return null;
        }
    }
}
