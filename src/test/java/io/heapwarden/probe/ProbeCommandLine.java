package io.heapwarden.probe;

import java.util.Arrays;
import java.util.List;

/** The command lines of probes, as one who watches processes sees them: words with blanks between, no more than 4 KiB. */
public final class ProbeCommandLine {

    private static final int SEEN = 4096;

    private ProbeCommandLine() {}

    public static List<String> all() {
        return Arrays.stream(ProbeScript.values())
                .map(script -> String.join(" ", script.command(ProbeScript.newBoundary(), List.of("1"))))
                .map(line -> line.substring(0, Math.min(SEEN, line.length())))
                .toList();
    }
}
