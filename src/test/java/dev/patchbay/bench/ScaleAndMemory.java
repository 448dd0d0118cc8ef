package dev.patchbay.bench;

import java.util.ArrayList;
import java.util.List;

/** Patchbay alone: whether a frame costs more among many calls, what a live call holds, and whether ended ones leave anything behind. */
final class ScaleAndMemory {

    private static final int FEW = 50;
    private static final int MANY = 400;
    private static final int AT_A_TIME = 20;
    private static final double CALL_KIB = 256;
    private static final double FLAT = 1.1;

    private final BenchSettings settings;
    private final Contenders contenders;
    private final Generator generator;

    ScaleAndMemory(BenchSettings settings, Contenders contenders, Generator generator) {
        this.settings = settings;
        this.contenders = contenders;
        this.generator = generator;
    }

    Table scale() {
        Table table = new Table(
                "CPU per frame and memory among few and many calls (Patchbay, one core)",
                "calls",
                "us per frame",
                "p99 ms",
                "lost",
                "out of order",
                "heap per call KiB",
                "RSS MiB",
                "TwiML p99 ms");
        try (Contender contender = contenders.start(Contenders.PATCHBAY, Cores.GATEWAY)) {
            generator.run(contender.order(FEW, settings.warmUpSeconds(), settings.seconds()));
            generator.run(contender.order(MANY, settings.warmUpSeconds(), settings.seconds()));
            LoadResult few = row(table, FEW, contender);
            LoadResult many = row(table, MANY, contender);
            if (few.ok() && many.ok()) {
                table.remark(
                        Verdict.atMost("us per frame at 400 calls", many.cpuMicrosPerFrame(), few.cpuMicrosPerFrame()));
                table.remark(Verdict.atMost("KiB of heap per live call", many.heapPerCall() / 1024.0, CALL_KIB));
            }
        } catch (Skipped skipped) {
            table.remark("skipped: " + skipped.getMessage());
        }
        return table;
    }

    Table shortCalls() {
        Table table = new Table(
                "Resident memory over " + settings.shortCalls() + " short calls (Patchbay), MiB after each tenth",
                "1",
                "2",
                "3",
                "4",
                "5",
                "6",
                "7",
                "8",
                "9",
                "10",
                "calls/s",
                "TwiML p50 ms",
                "TwiML p99 ms",
                "lost");
        try (Contender contender = contenders.start(Contenders.PATCHBAY, Cores.GATEWAY)) {
            LoadOrder order = contender.order(AT_A_TIME, 0, 0);
            LoadResult result = generator.run(new LoadOrder(
                    order.door(),
                    order.authToken(),
                    order.gatewayPid(),
                    AT_A_TIME,
                    0,
                    0,
                    settings.shortCalls(),
                    false));
            if (!result.ok()) {
                return table.remark("failed: " + result.error() + ", see " + contender.log());
            }
            List<Object> cells = new ArrayList<>();
            result.rssKb().forEach(kb -> cells.add(kb / 1024));
            cells.addAll(List.of(
                    settings.shortCalls() / result.setUpSeconds(),
                    result.webhookP50(),
                    result.webhookP99(),
                    result.lost()));
            table.row(cells.toArray());
            int last = result.rssKb().size() - 1;
            table.remark(Verdict.atMost(
                    "last to third tenth",
                    (double) result.rssKb().get(last) / result.rssKb().get(2),
                    FLAT));
        } catch (Skipped skipped) {
            table.remark("skipped: " + skipped.getMessage());
        }
        return table;
    }

    private LoadResult row(Table table, int calls, Contender contender) {
        LoadOrder order = contender.order(calls, 4, settings.seconds());
        LoadResult result = generator.run(new LoadOrder(
                order.door(), order.authToken(), order.gatewayPid(), calls, 4, settings.seconds(), 0, true));
        if (result.ok()) {
            table.row(
                    calls,
                    result.cpuMicrosPerFrame(),
                    result.p99(),
                    result.lost(),
                    result.misplaced(),
                    result.heapPerCall() < 0 ? "" : Table.number(result.heapPerCall() / 1024.0),
                    result.rssKb().get(0) / 1024,
                    result.webhookP99());
        } else {
            table.remark(calls + " calls failed: " + result.error() + ", see " + contender.log());
        }
        return result;
    }
}
