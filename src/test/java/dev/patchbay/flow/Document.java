package dev.patchbay.flow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A Markdown file, as far as it can be run: its fenced blocks, in order. */
record Document(Path file, List<Block> blocks) {

    private static final Pattern FENCED = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");
    /** A quoted text may go on over several lines, as may what ends with a backslash. */
    private static final Pattern COMMAND = Pattern.compile("(?m)^(?:'[^']*'|\"[^\"]*\"|\\\\\n|[^'\"\n])+");

    /**
     * A block between fences.
     *
     * @param language what stands behind the first fence; empty for none
     * @param line at which the text begins, from 1
     */
    record Block(String language, String text, int line) {

        /** The commands of a shell, each as it stands. */
        List<String> commands() {
            return COMMAND.matcher(text).results().map(MatchResult::group).toList();
        }
    }

    static Document read(Path file) {
        try {
            String text = Files.readString(file);
            return new Document(
                    file,
                    FENCED.matcher(text)
                            .results()
                            .map(found -> new Block(found.group(1), found.group(2), line(text, found.start(2))))
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int line(String text, int offset) {
        return (int) text.substring(0, offset).lines().count() + 1;
    }

    /** For whoever looks for what has failed. */
    String place(Block block) {
        return file + ":" + block.line();
    }
}
