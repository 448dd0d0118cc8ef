package dev.patchbay.bench;

import java.util.ArrayList;
import java.util.List;

/** Which cores a process may use. Gateway and generator never share one, except where the report says so. */
enum Cores {
    GATEWAY("0"),
    GENERATOR("1"),
    ANY("0,1");

    private final String list;

    Cores(String list) {
        this.list = list;
    }

    /** The command, pinned; {@code taskset} becomes the command, so the process id is the command's own. */
    List<String> pin(List<String> command) {
        List<String> pinned = new ArrayList<>(List.of("taskset", "-c", list));
        pinned.addAll(command);
        return pinned;
    }
}
