package io.heapwarden.operator;

import io.heapwarden.api.ContainerReport.MemoryEvents;
import io.heapwarden.api.ContainerReport.Rates;
import io.heapwarden.jvm.ContainerEvents;
import io.heapwarden.jvm.ContainerEvents.Pressure;
import io.heapwarden.jvm.CounterRates;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes for a report what a reading says beside the judged series. Pure. */
final class VitalsReports {

    private static final double PERCENT = 100;

    private VitalsReports() {}

    static Rates rates(CounterRates rates) {
        return new Rates(
                rates.allocation() == null
                        ? null
                        : Phrases.bytes(rates.allocation().bytesPerSecond()) + "/s",
                percent(rates.gcPauseShare()),
                percent(rates.stoppedShare()),
                rates.collectionsPerMinute() == null
                        ? null
                        : String.format(Locale.ROOT, "%.1f", rates.collectionsPerMinute()));
    }

    /** Null when the kernel says nothing. */
    static @Nullable MemoryEvents memory(ContainerEvents events) {
        return events.equals(ContainerEvents.UNKNOWN)
                ? null
                : new MemoryEvents(
                        events.oomKills(), events.limitHits(), events.highBreaches(), waited(events.someStalled()));
    }

    private static @Nullable String waited(@Nullable Pressure stalled) {
        return stalled == null ? null : percent(stalled.share60s());
    }

    private static @Nullable String percent(@Nullable Double share) {
        return share == null ? null : String.format(Locale.ROOT, "%.1f%%", share * PERCENT);
    }
}
