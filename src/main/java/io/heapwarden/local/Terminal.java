package io.heapwarden.local;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Where a table is shown: redrawn in place on a terminal, printed when something has changed elsewhere. */
final class Terminal {

    private static final String ALTERNATE_SCREEN = "\u001b[?1049h";
    private static final String NORMAL_SCREEN = "\u001b[?1049l";
    private static final String HOME = "\u001b[H";
    private static final String CLEAR_LINE = "\u001b[K\n";
    private static final String CLEAR_BELOW = "\u001b[J";

    private final PrintStream out;
    private final boolean redraws;
    private final boolean colour;
    private boolean begun;

    private Terminal(PrintStream out, boolean redraws, boolean colour) {
        this.out = out;
        this.redraws = redraws;
        this.colour = colour;
    }

    /** Standard output, redrawn when it is a terminal that can; TERM and NO_COLOR are heeded. */
    static Terminal standardOutput(PrintStream out) {
        Map<String, String> environment = System.getenv();
        boolean able = !environment.getOrDefault("TERM", "dumb").equals("dumb") && isTerminal();
        return new Terminal(out, able, able && !environment.containsKey("NO_COLOR"));
    }

    /** Lines, one after another. */
    static Terminal plain(PrintStream out) {
        return new Terminal(out, false, false);
    }

    boolean redraws() {
        return redraws;
    }

    boolean colour() {
        return colour;
    }

    void show(List<String> lines) {
        StringBuilder text = new StringBuilder();
        if (redraws) {
            text.append(begun ? "" : ALTERNATE_SCREEN).append(HOME);
            lines.forEach(line -> text.append(line).append(CLEAR_LINE));
            text.append(CLEAR_BELOW);
        } else {
            lines.forEach(line -> text.append(line).append('\n'));
            text.append('\n');
        }
        begun = true;
        out.print(text);
        out.flush();
    }

    /** Gives the screen back as it was. */
    void end() {
        if (redraws && begun) {
            out.print(NORMAL_SCREEN);
            out.flush();
        }
    }

    private static boolean isTerminal() {
        try {
            String output = Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString();
            return output.startsWith("/dev/pts/") || output.startsWith("/dev/tty") || output.equals("/dev/console");
        } catch (IOException e) {
            return false;
        }
    }
}
