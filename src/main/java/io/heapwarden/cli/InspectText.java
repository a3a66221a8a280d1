package io.heapwarden.cli;

import io.heapwarden.growth.Figures;
import io.heapwarden.jvm.ContainerEvents;
import io.heapwarden.jvm.CounterRates;
import io.heapwarden.jvm.FinalizerQueue;
import io.heapwarden.jvm.JvmCounters;
import io.heapwarden.jvm.StringTable;
import io.heapwarden.probe.JvmQuestions.Look;
import io.heapwarden.probe.ProbeResult;
import io.heapwarden.probe.ProbeResult.Failure;
import io.heapwarden.probe.ProbeResult.Refusal;
import io.heapwarden.probe.ProbeResult.Success;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes what was found out about a JVM for a person: what stands out first, then each answer as a table. */
final class InspectText {

    private final List<String> lines = new ArrayList<>();
    private final AnswerTables tables;

    /** @param top rows of each table */
    InspectText(int top) {
        this.tables = new AnswerTables(lines, top);
    }

    List<String> of(Inspected found) {
        look(found.look());
        rates(found);
        List<String> findings = Findings.of(found);
        if (!findings.isEmpty()) {
            lines.add("");
            lines.add("What stands out");
            findings.forEach(finding -> lines.add("  " + finding));
        }
        section("Threads", found.threads(), tables::threads);
        section("Class loaders", found.classLoaders(), tables::loaders);
        section("Native memory", found.nativeMemory(), tables::memory);
        section("Interned strings", found.strings(), table -> table(table, "strings"));
        section("Symbols", found.symbols(), table -> table(table, "symbols"));
        section("Finalizers", found.finalizers(), this::finalizers);
        return lines;
    }

    private void look(Look look) {
        JvmCounters counters = look.counters();
        String jvm = counters == null
                ? "keeps no counters"
                : "Java " + counters.javaVersion() + ", " + counters.collector() + ", up since " + counters.startedAt();
        lines.add("pid " + look.pid() + ": " + jvm + ", " + look.threads() + " threads"
                + (look.rss() == null ? "" : ", " + Figures.bytes(look.rss()) + " resident"));
        if (counters != null) {
            lines.add("heap: " + size(counters.heap().used()) + " in use, "
                    + size(counters.heap().afterGc())
                    + " after the last collection, " + size(counters.heap().committed()) + " committed, "
                    + size(counters.heap().max()) + " at most");
        }
        if (!look.container().equals(ContainerEvents.UNKNOWN)) {
            ContainerEvents events = look.container();
            lines.add("container: limit " + (look.containerLimit() == null ? "none" : size(look.containerLimit()))
                    + ", hit " + count(events.limitHits()) + " times, " + count(events.oomKills())
                    + " processes killed for want of memory"
                    + (events.someStalled() == null
                            ? ""
                            : ", " + Figures.percent(events.someStalled().share60s())
                                    + " of the last minute waited for memory"));
        }
    }

    private void rates(Inspected found) {
        CounterRates rates = found.rates();
        if (rates == null) {
            return;
        }
        CounterRates.Allocation allocation = rates.allocation();
        lines.add("rates over " + Figures.duration(rates.elapsed()) + ": "
                + (allocation == null
                        ? "allocation not known"
                        : Figures.bytes(allocation.bytesPerSecond()) + "/s allocated ("
                                + Figures.bytes(allocation.atLeast()) + " to " + Figures.bytes(allocation.atMost())
                                + ")")
                + ", " + share(rates.gcPauseShare()) + " of the time in pauses of the collector, "
                + share(rates.stoppedShare()) + " in all safepoints");
        if (found.container() != null && found.container().someStalledShare() != null) {
            lines.add("container over the same time: hit its limit "
                    + count(found.container().limitHits()) + " times, "
                    + share(found.container().someStalledShare()) + " of the time waited for memory");
        }
    }

    private <T> void section(String title, @Nullable ProbeResult<T> result, Consumer<T> body) {
        if (result == null) {
            return;
        }
        lines.add("");
        switch (result) {
            case Success<T> s -> body.accept(s.value());
            case Refusal<T> r -> lines.add(title + ": not asked (" + r.reason() + "): " + r.detail());
            case Failure<T> f -> lines.add(title + ": no answer (" + f.reason() + "): " + f.detail());
        }
    }

    private void table(StringTable table, String what) {
        lines.add(format(
                "%s: %,d in %s, %s of it themselves; fullest of %,d buckets %d%s",
                what.equals("strings") ? "Interned strings" : "Symbols",
                table.entries(),
                Figures.bytes(table.bytes()),
                Figures.bytes(table.literalBytes()),
                table.buckets(),
                table.longestBucket(),
                table.sharedEntries() == null
                        ? ""
                        : format("; %,d more %s of the archive", table.sharedEntries(), what)));
    }

    private void finalizers(FinalizerQueue queue) {
        lines.add(format("Finalizers: %,d objects wait for theirs", queue.pending()));
        if (!queue.classes().isEmpty()) {
            tables.rows(
                    "    COUNT  CLASS",
                    queue.classes(),
                    pending -> format("%,9d  %s", pending.count(), pending.className()));
        }
    }

    private static String size(@Nullable Long bytes) {
        return bytes == null ? "?" : Figures.bytes(bytes);
    }

    private static String count(@Nullable Long number) {
        return number == null ? "?" : format("%,d", number);
    }

    private static String share(@Nullable Double share) {
        return share == null ? "?" : format("%.1f %%", share * 100);
    }

    private static String format(String format, @Nullable Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
