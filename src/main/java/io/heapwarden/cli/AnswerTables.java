package io.heapwarden.cli;

import io.heapwarden.growth.Figures;
import io.heapwarden.jvm.ClassLoaderStatistics;
import io.heapwarden.jvm.NativeMemory;
import io.heapwarden.jvm.ThreadDump;
import io.heapwarden.jvm.ThreadDump.ContendedLock;
import io.heapwarden.jvm.ThreadDump.Group;
import io.heapwarden.jvm.ThreadState;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Answers of a JVM as tables for a person, the same whether it was asked now or its answer was kept. */
final class AnswerTables {

    private final List<String> lines;
    private final int top;

    /**
     * @param lines where they are written
     * @param top rows of each table
     */
    AnswerTables(List<String> lines, int top) {
        this.lines = lines;
        this.top = top;
    }

    void threads(ThreadDump dump) {
        lines.add("Threads: " + dump.threads()
                + (dump.mountedVirtualThreads() == 0
                        ? ""
                        : ", of which " + dump.mountedVirtualThreads()
                                + (dump.mountedVirtualThreads() == 1 ? " carries" : " carry") + " a virtual one")
                + ", and " + dump.jvmThreads() + " of the JVM");
        List<Group> groups = dump.groups().stream()
                .filter(group -> group.state() != ThreadState.OfTheJvm)
                .toList();
        rows(
                "COUNT  STATE                  NAME                              WHERE",
                groups,
                group -> format(
                        "%5d  %-21s  %-32s  %s",
                        group.threads(), group.state(), shortened(group.name(), 32), where(group)));
        if (!dump.contendedLocks().isEmpty()) {
            lines.add("");
            lines.add("Locks that threads wait for: " + dump.contendedLocks().size());
            rows(
                    "WAITING  LOCK                                                  HELD BY",
                    dump.contendedLocks(),
                    lock -> format("%7d  %-52s  %s", lock.waiters(), shortened(lockName(lock), 52), holder(lock)));
        }
    }

    private static String where(Group group) {
        String frame = group.applicationFrame() == null ? group.topFrame() : group.applicationFrame();
        if (frame == null) {
            return "-";
        }
        return group.applicationFrame() != null && group.applicationFrameThreads() < group.threads()
                ? frame + ", " + group.applicationFrameThreads() + " of them"
                : frame;
    }

    private static String lockName(ContendedLock lock) {
        return lock.className() + " 0x" + Long.toHexString(lock.address());
    }

    private static String holder(ContendedLock lock) {
        if (lock.holder() != null) {
            return lock.holder();
        }
        return lock.monitor() ? "not said" : "not said; ask with --locks";
    }

    void loaders(ClassLoaderStatistics statistics) {
        lines.add(format(
                "Class loaders: %,d, of %,d classes, %s of metaspace",
                statistics.count(), statistics.classes(), Figures.bytes(statistics.chunkBytes())));
        rows(
                "COUNT  CLASSES  HIDDEN   METASPACE  CLASS OF THE LOADER",
                statistics.loaders(),
                each -> format(
                        "%5d  %7d  %6d  %10s  %s",
                        each.count(),
                        each.classes(),
                        each.hiddenClasses(),
                        Figures.bytes(each.chunkBytes()),
                        each.className()));
    }

    void memory(NativeMemory memory) {
        switch (memory) {
            case NativeMemory.NotTracked none ->
                lines.add(
                        "Native memory: the JVM keeps no account. Start it with -XX:NativeMemoryTracking=summary, which costs some 5 %"
                                + " of speed");
            case NativeMemory.Tracked account -> {
                lines.add("Native memory: " + Figures.bytes(account.committed()) + " committed, "
                        + Figures.bytes(account.reserved()) + " reserved; what libraries take themselves is not in it");
                rows(
                        " COMMITTED    RESERVED  FOR",
                        account.categories(),
                        category -> format(
                                "%10s  %10s  %s",
                                Figures.bytes(category.committed()),
                                Figures.bytes(category.reserved()),
                                category.name()));
            }
        }
    }

    <T> void rows(String header, List<T> rows, Function<T, String> row) {
        lines.add("  " + header);
        rows.stream().limit(top).forEach(each -> lines.add("  " + row.apply(each)));
        if (rows.size() > top) {
            lines.add("  and " + (rows.size() - top) + " more rows (--top)");
        }
    }

    static String shortened(String text, int longest) {
        return text.length() <= longest ? text : "..." + text.substring(text.length() - longest + 3);
    }

    private static String format(String format, @Nullable Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
