package dev.patchbay.bench;

import java.util.List;

/**
 * How many calls one core holds before the p99 turnaround exceeds 20 ms or a frame is lost. Both gateways run all the time
 * and take turns at every step, because the machine's speed changes from minute to minute; a step counts as held when one
 * of three attempts is, because another process may have been the reason for the others. What is measured is a gateway that
 * has run for a while: each attempt follows a time in which the JIT deals with what the new calls have brought.
 */
final class Capacity {

    private static final double LIMIT_MS = 20;
    private static final int FIRST = 300;
    private static final int STEP = 50;
    private static final int LAST = 1000;
    private static final int ATTEMPTS = 3;
    private static final double PATCHBAY_TO_VERTX = 0.8;

    private final BenchSettings settings;
    private final Contenders contenders;
    private final Generator generator;
    private final Table table = new Table(
            "Calls on one core with p99 turnaround <= 20 ms",
            "gateway",
            "calls",
            "attempt",
            "us per frame",
            "p99 ms",
            "lost",
            "out of order",
            "gateway CPU",
            "generator CPU");

    Capacity(BenchSettings settings, Contenders contenders, Generator generator) {
        this.settings = settings;
        this.contenders = contenders;
        this.generator = generator;
    }

    Table measure() {
        try (Contender bridge = contenders.start(Contenders.VERTX, Cores.GATEWAY);
                Contender gateway = contenders.start(Contenders.PATCHBAY, Cores.GATEWAY)) {
            List<Search> searches = List.of(new Search(bridge), new Search(gateway));
            searches.forEach(Search::warmUp);
            for (int calls = FIRST; calls <= LAST; calls += STEP) {
                for (Search search : searches) {
                    search.step(calls);
                }
            }
            int vertx = searches.get(0).held;
            int patchbay = searches.get(1).held;
            if (vertx > 0 && patchbay > 0) {
                table.remark(Verdict.atLeast(
                        "Patchbay holds " + patchbay + " calls, the Vert.x bridge " + vertx + ", ratio",
                        (double) patchbay / vertx,
                        PATCHBAY_TO_VERTX));
            }
        } catch (Skipped skipped) {
            table.remark("skipped: " + skipped.getMessage());
        }
        return table;
    }

    /** One gateway's way up, until a step is too high for it. */
    private final class Search {

        private final Contender contender;
        private int held;
        private boolean over;

        Search(Contender contender) {
            this.contender = contender;
        }

        /** Long: beside so many calls a compiler has little of the core. */
        void warmUp() {
            generator.run(contender.order(FIRST, 4 * settings.warmUpSeconds(), settings.seconds()));
        }

        void step(int calls) {
            for (int attempt = 1; !over && attempt <= ATTEMPTS; attempt++) {
                LoadResult result = generator.run(contender.order(calls, settings.warmUpSeconds(), settings.seconds()));
                if (!result.ok()) {
                    table.remark(contender.name() + " at " + calls + " calls: " + result.error());
                    continue;
                }
                table.row(
                        contender.name(),
                        calls,
                        attempt,
                        result.cpuMicrosPerFrame(),
                        result.p99(),
                        result.lost(),
                        result.misplaced(),
                        result.gatewayCpu(),
                        result.generatorCpu());
                if (result.p99() <= LIMIT_MS && result.lost() == 0 && result.lostCalls() == 0) {
                    held = calls;
                    return;
                }
                if (result.generatorLate()) {
                    table.remark("- " + contender.name() + " at " + calls
                            + " calls: the generator was late, so it or other work on the machine was the limit.");
                }
            }
            over = true;
        }
    }
}
