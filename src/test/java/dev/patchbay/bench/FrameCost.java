package dev.patchbay.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What one frame costs each contender at 120 calls: all alive at once on one core, measured in turn, the median of the rounds. */
final class FrameCost {

    private static final int CALLS = 120;
    private static final double PATCHBAY_TO_BARE = 1.7;
    private static final double PATCHBAY_TO_FASTAPI = 0.55;

    private final BenchSettings settings;
    private final Contenders contenders;
    private final Generator generator;

    FrameCost(BenchSettings settings, Contenders contenders, Generator generator) {
        this.settings = settings;
        this.contenders = contenders;
        this.generator = generator;
    }

    Table measure() {
        Table table = new Table(
                "CPU per frame: " + CALLS + " calls, gateway on one core, generator on the other",
                "gateway",
                "us per frame",
                "to bare C",
                "to FastAPI",
                "p50 ms",
                "p99 ms",
                "lost",
                "out of order",
                "generator CPU",
                "generator late p99 ms");
        List<Rounds> all = new ArrayList<>();
        try {
            for (String name : List.of(
                    Contenders.BARE, Contenders.VERTX, Contenders.PATCHBAY, Contenders.FASTAPI, Contenders.NODE)) {
                try {
                    all.add(new Rounds(contenders.start(name, Cores.GATEWAY), new ArrayList<>()));
                } catch (Skipped skipped) {
                    table.remark(name + " skipped: " + skipped.getMessage());
                }
            }
            // One unmeasured round: JIT compilers, of the generator too, are then done.
            for (Rounds one : all) {
                generator.run(one.contender().order(CALLS, settings.warmUpSeconds(), settings.seconds()));
            }
            for (int round = 0; round < settings.rounds(); round++) {
                for (Rounds one : all) {
                    LoadResult result = generator.run(one.contender().order(CALLS, 3, settings.seconds()));
                    if (result.ok()) {
                        one.results().add(result);
                    } else {
                        table.remark(one.name() + " failed: " + result.error() + ", see "
                                + one.contender().log());
                    }
                }
            }
        } finally {
            all.forEach(one -> one.contender().close());
        }
        double bare = cost(all, Contenders.BARE);
        double fastApi = cost(all, Contenders.FASTAPI);
        double patchbay = cost(all, Contenders.PATCHBAY);
        all.stream().filter(one -> !one.results().isEmpty()).forEach(one -> addRow(table, one, bare, fastApi));
        if (patchbay > 0 && bare > 0) {
            table.remark(Verdict.atMost("Patchbay to bare C", patchbay / bare, PATCHBAY_TO_BARE));
        }
        if (patchbay > 0 && fastApi > 0) {
            table.remark(Verdict.atMost("Patchbay to FastAPI", patchbay / fastApi, PATCHBAY_TO_FASTAPI));
        }
        return table;
    }

    private static void addRow(Table table, Rounds one, double bare, double fastApi) {
        double cost = one.median(LoadResult::cpuMicrosPerFrame);
        table.row(
                one.name(),
                cost,
                bare > 0 ? Table.number(cost / bare) : "",
                fastApi > 0 ? Table.number(cost / fastApi) : "",
                one.median(LoadResult::p50),
                one.median(LoadResult::p99),
                one.results().stream().mapToLong(LoadResult::lost).sum(),
                one.results().stream().mapToLong(LoadResult::misplaced).sum(),
                one.median(LoadResult::generatorCpu),
                one.median(LoadResult::lagP99));
        long late = one.results().stream().filter(LoadResult::generatorLate).count();
        if (late > 0) {
            table.remark("- " + one.name() + ": other work disturbed " + late + " of "
                    + one.results().size() + " rounds, the generator was late. Repeat on a quiet machine.");
        }
    }

    /** 0 for a contender that did not run. */
    private static double cost(List<Rounds> all, String name) {
        return all.stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .map(one -> one.median(LoadResult::cpuMicrosPerFrame))
                .orElse(0.0);
    }

    private record Rounds(Contender contender, List<LoadResult> results) {

        String name() {
            return contender.name();
        }

        double median(ToDoubleFunction<LoadResult> figure) {
            double[] values = results.stream().mapToDouble(figure).toArray();
            Arrays.sort(values);
            return values.length == 0 ? 0 : (values[(values.length - 1) / 2] + values[values.length / 2]) / 2;
        }
    }
}
