package dev.patchbay.cli;

/**
 * What was found out about one thing.
 *
 * @param group what it belongs to, such as {@code providers}
 * @param name which one
 * @param detail for people; never the value of a variable
 */
record Finding(String group, String name, State state, String detail) {

    /** How it is. */
    enum State {
        OK("ok"),
        /** Not used. */
        OFF("off"),
        /** Will do, and may not be what is wanted. */
        WARNING("warning"),
        /** Needed, and does not work. */
        WRONG("wrong");

        private final String wire;

        State(String wire) {
            this.wire = wire;
        }

        String wire() {
            return wire;
        }
    }
}
