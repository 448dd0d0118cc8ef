package dev.patchbay.bench;

/** A contender or a part that this machine cannot run, with the reason that the report prints. */
final class Skipped extends Exception {

    private static final long serialVersionUID = 1L;

    Skipped(String reason) {
        super(reason);
    }
}
