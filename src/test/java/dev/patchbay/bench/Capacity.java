package dev.patchbay.bench;

/** How many calls one core holds before the p99 turnaround exceeds 20 ms or a frame is lost: steps of 100 from 200. */
final class Capacity {

    private static final double LIMIT_MS = 20;
    private static final int FIRST = 200;
    private static final int STEP = 100;
    private static final int LAST = 1000;
    private static final double PATCHBAY_TO_VERTX = 0.8;

    private final BenchSettings settings;
    private final Contenders contenders;
    private final Generator generator;

    Capacity(BenchSettings settings, Contenders contenders, Generator generator) {
        this.settings = settings;
        this.contenders = contenders;
        this.generator = generator;
    }

    Table measure() {
        Table table = new Table(
                "Calls on one core with p99 turnaround <= 20 ms",
                "gateway",
                "calls",
                "us per frame",
                "p99 ms",
                "lost",
                "out of order",
                "gateway CPU",
                "generator CPU");
        int vertx = search(table, Contenders.VERTX);
        int patchbay = search(table, Contenders.PATCHBAY);
        if (vertx > 0 && patchbay > 0) {
            table.remark(Verdict.atLeast(
                    "Patchbay holds " + patchbay + " calls, the Vert.x bridge " + vertx + ", ratio",
                    (double) patchbay / vertx,
                    PATCHBAY_TO_VERTX));
        }
        return table;
    }

    private int search(Table table, String name) {
        int held = 0;
        try (Contender contender = contenders.start(name, Cores.GATEWAY)) {
            generator.run(contender.order(FIRST, settings.warmUpSeconds(), settings.seconds()));
            for (int calls = FIRST; calls <= LAST; calls += STEP) {
                LoadResult result = generator.run(contender.order(calls, 4, settings.seconds()));
                if (!holds(result)) {
                    // Once more: another process on the machine may have been the reason.
                    result = generator.run(contender.order(calls, 4, settings.seconds()));
                }
                if (!result.ok()) {
                    table.remark(name + " at " + calls + " calls: " + result.error());
                    break;
                }
                table.row(
                        name,
                        calls,
                        result.cpuMicrosPerFrame(),
                        result.p99(),
                        result.lost(),
                        result.misplaced(),
                        result.gatewayCpu(),
                        result.generatorCpu());
                if (!holds(result)) {
                    if (result.generatorLate()) {
                        table.remark("- " + name + " at " + calls
                                + " calls: the generator was late, so it or other work on the machine was the limit.");
                    }
                    break;
                }
                held = calls;
            }
        } catch (Skipped skipped) {
            table.remark(name + " skipped: " + skipped.getMessage());
        }
        return held;
    }

    private static boolean holds(LoadResult result) {
        return result.ok() && result.p99() <= LIMIT_MS && result.lost() == 0 && result.lostCalls() == 0;
    }
}
