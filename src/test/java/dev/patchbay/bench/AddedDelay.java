package dev.patchbay.bench;

import java.util.List;

/** The delay that the gateway adds to a bare loop at 200 calls when nothing is pinned: both cores for everybody. */
final class AddedDelay {

    private static final int CALLS = 200;
    private static final double LIMIT_MS = 5;

    private final BenchSettings settings;
    private final Contenders contenders;
    private final Generator generator;

    /** @param generator not pinned either */
    AddedDelay(BenchSettings settings, Contenders contenders, Generator generator) {
        this.settings = settings;
        this.contenders = contenders;
        this.generator = generator;
    }

    Table measure() {
        Table table = new Table(
                "Turnaround at " + CALLS + " calls, two cores, nothing pinned",
                "gateway",
                "p50 ms",
                "p99 ms",
                "max ms",
                "lost",
                "out of order",
                "us per frame");
        double bare = 0;
        for (String name : List.of(Contenders.BARE, Contenders.VERTX, Contenders.PATCHBAY)) {
            try (Contender contender = contenders.start(name, Cores.ANY)) {
                generator.run(contender.order(CALLS, settings.warmUpSeconds(), settings.seconds()));
                LoadResult result = generator.run(contender.order(CALLS, 4, settings.seconds()));
                if (!result.ok()) {
                    table.remark(name + " failed: " + result.error() + ", see " + contender.log());
                    continue;
                }
                table.row(
                        name,
                        result.p50(),
                        result.p99(),
                        result.max(),
                        result.lost(),
                        result.misplaced(),
                        result.cpuMicrosPerFrame());
                if (name.equals(Contenders.BARE)) {
                    bare = result.p99();
                } else if (name.equals(Contenders.PATCHBAY) && bare > 0) {
                    table.remark(Verdict.atMost("p99 added to the bare loop, ms", result.p99() - bare, LIMIT_MS));
                }
            } catch (Skipped skipped) {
                table.remark(name + " skipped: " + skipped.getMessage());
            }
        }
        return table;
    }
}
