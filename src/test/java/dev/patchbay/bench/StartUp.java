package dev.patchbay.bench;

/** From the start of the process to the first TwiML answered, on two cores, with an empty store. */
final class StartUp {

    private static final double JAR_SECONDS = 15;
    private static final double EXTRACTED_SECONDS = 6;

    private final Contenders contenders;

    StartUp(Contenders contenders) {
        this.contenders = contenders;
    }

    Table measure() {
        Table table = new Table("Start to first answered webhook (Patchbay)", "how", "seconds");
        try (Contender jar = contenders.start(Contenders.PATCHBAY, Cores.ANY)) {
            table.row("java -jar", jar.startSeconds())
                    .remark(Verdict.atMost("plain jar", jar.startSeconds(), JAR_SECONDS));
        } catch (Skipped skipped) {
            table.remark("plain jar skipped: " + skipped.getMessage());
        }
        try (Contender extracted = contenders.patchbayExtracted(Cores.ANY)) {
            table.row("extracted, class archive", extracted.startSeconds())
                    .remark(Verdict.atMost("extracted", extracted.startSeconds(), EXTRACTED_SECONDS));
        } catch (Skipped skipped) {
            table.remark("extracted skipped: " + skipped.getMessage());
        }
        return table;
    }
}
