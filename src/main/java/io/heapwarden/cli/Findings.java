package io.heapwarden.cli;

import io.heapwarden.jvm.ClassLoaderStatistics;
import io.heapwarden.jvm.ContainerEvents;
import io.heapwarden.jvm.CounterRates;
import io.heapwarden.jvm.FinalizerQueue;
import io.heapwarden.jvm.ThreadDump;
import io.heapwarden.jvm.ThreadDump.ContendedLock;
import io.heapwarden.jvm.ThreadDump.Party;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What stands out in what was found, in the order in which it matters. docs/inspect.md lists the bars for users. */
final class Findings {

    private static final int WAITERS = 5;
    private static final int PENDING = 100;
    private static final int LOADERS = 100;
    private static final double GC_SHARE = 0.1;

    private Findings() {}

    static List<String> of(Inspected found) {
        List<String> findings = new ArrayList<>();
        ThreadDump threads = Inspected.answer(found.threads());
        if (threads != null) {
            threads.deadlocks()
                    .forEach(deadlock -> findings.add("DEADLOCK: "
                            + deadlock.parties().stream().map(Findings::party).collect(Collectors.joining("; "))
                            + ". Only a restart ends it."));
            threads.contendedLocks().stream()
                    .filter(lock -> lock.waiters() >= WAITERS)
                    .limit(PENDING)
                    .forEach(lock -> findings.add(queue(lock)));
        }
        container(found.look().container(), findings);
        rates(found.rates(), findings);
        FinalizerQueue queue = Inspected.answer(found.finalizers());
        if (queue != null && queue.pending() >= PENDING) {
            findings.add(format(
                    "%,d objects wait for their finalizers, most of %s: finalizers are slower than what makes them, or one hangs.",
                    queue.pending(), queue.classes().getFirst().className()));
        }
        ClassLoaderStatistics loaders = Inspected.answer(found.classLoaders());
        if (loaders != null) {
            loaders.loaders().stream()
                    .filter(each -> each.count() >= LOADERS)
                    .forEach(each ->
                            findings.add(format("%,d class loaders of %s are alive.", each.count(), each.className())));
        }
        return findings;
    }

    private static String party(Party party) {
        return party.thread()
                + " waits for "
                + (party.lockClass() == null ? "a lock" : "a " + party.lockClass())
                + (party.heldBy() == null ? "" : " that " + party.heldBy() + " holds");
    }

    private static String queue(ContendedLock lock) {
        return format(
                "%,d threads, most of them %s, wait for one %s (0x%x), %s.",
                lock.waiters(),
                lock.waitingGroup(),
                lock.className(),
                lock.address(),
                lock.holder() == null ? "whose holder is not known" : "which " + lock.holder() + " holds");
    }

    private static void container(ContainerEvents events, List<String> findings) {
        Long kills = events.oomKills();
        if (kills != null && kills > 0) {
            findings.add(format("%,d processes of the container were killed for want of memory.", kills));
        }
        if (Boolean.TRUE.equals(events.underOom())) {
            findings.add("The container is out of memory and stands still.");
        }
    }

    private static void rates(@Nullable CounterRates rates, List<String> findings) {
        Double share = rates == null ? null : rates.gcPauseShare();
        if (share != null && share >= GC_SHARE) {
            findings.add(format("%.0f %% of the time goes to pauses of the collector.", share * 100));
        }
    }

    private static String format(String format, @Nullable Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
