package dev.patchbay.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * What a process has used, from {@code /proc} (Linux).
 *
 * @param cpuMicros user and system time of all its threads since it began, in us, in steps of 10 ms
 * @param rssKb resident memory, KiB
 */
record ProcessUsage(long cpuMicros, long rssKb) {

    /** Length of a clock tick as {@code /proc} counts them on Linux. */
    private static final long TICK_MICROS = 10_000;

    static ProcessUsage of(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            long ticks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
            // In pages in stat, in KiB here.
            long rssKb = Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
            return new ProcessUsage(ticks * TICK_MICROS, rssKb);
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    /** Live bytes on a Java process's heap after a full collection; -1 where {@code jcmd} cannot tell. */
    static long liveHeapBytes(long pid) {
        try {
            Process jcmd = new ProcessBuilder("jcmd", Long.toString(pid), "GC.class_histogram")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String total = jcmd.inputReader()
                    .lines()
                    .filter(line -> line.startsWith("Total"))
                    .findFirst()
                    .orElse("");
            jcmd.waitFor(30, TimeUnit.SECONDS);
            return total.isEmpty() ? -1 : Long.parseLong(total.trim().split("\\s+")[2]);
        } catch (IOException absent) {
            return -1;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return -1;
        }
    }
}
