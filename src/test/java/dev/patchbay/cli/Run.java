package dev.patchbay.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;

/** What a command printed, and its exit code. */
record Run(int exitCode, String out, String err) {

    static Run of(Map<String, String> variables, String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Commands.run(variables, new PrintWriter(out, true), new PrintWriter(err, true), args);
        return new Run(code, out.toString(), err.toString());
    }
}
