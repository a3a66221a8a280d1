package io.heapwarden.local;

import io.heapwarden.local.policy.PolicyFile;
import io.heapwarden.operator.LabelSelectors;
import io.heapwarden.probe.JvmProbe;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Applies a policy to the JVMs of this machine and shows them in a table.
 *
 * @param policy the policy; its selector is asked of each JVM's labels
 * @param labels labels that JVMs are given besides their own
 * @param limit how long at most; null until it is interrupted or all JVMs have ended
 * @param failFast whether to end as soon as an objective is broken
 */
public record Watch(PolicyFile policy, List<LabelRule> labels, @Nullable Duration limit, boolean failFast) {

    /** Where the table cannot be redrawn it is printed when a state changes, and at least this often. */
    private static final Duration PRINTED_AT_LEAST = Duration.ofMinutes(1);

    /** A JVM younger than this is looked at later: most are tools that end at once. */
    private static final Duration LEAST_AGE = Duration.ofSeconds(1);

    private static final Duration REFRESH = Duration.ofSeconds(1);
    private static final int JVMS_LISTED = 20;

    public Watch {
        labels = List.copyOf(labels);
    }

    /**
     * Watches to the end.
     *
     * @param probe how JVMs are asked
     * @param clock gives the time
     * @param stop ends it early, which is the usual end
     * @param out takes the table
     * @param notes takes what else there is to say
     */
    public RunReport run(JvmProbe probe, Clock clock, StopSignal stop, PrintStream out, PrintStream notes)
            throws InterruptedException {
        Instant begun = clock.instant();
        JvmFinder finder = new JvmFinder();
        Terminal terminal = Terminal.standardOutput(out);
        LocalWatch watch = new LocalWatch(policy.plan(), probe, clock, () -> selected(finder, clock.instant()));
        try (watch) {
            follow(watch, finder, begun, clock, stop, terminal, notes);
        } finally {
            terminal.end();
        }
        return new RunReport("watch", policy, begun, Duration.between(begun, clock.instant()), watch.standings(), null);
    }

    private void follow(
            LocalWatch watch,
            JvmFinder finder,
            Instant begun,
            Clock clock,
            StopSignal stop,
            Terminal terminal,
            PrintStream notes)
            throws InterruptedException {
        String shown = "";
        Instant shownAt = Instant.EPOCH;
        boolean listed = false;
        while (true) {
            Instant now = clock.instant();
            watch.discover();
            List<JvmStanding> standings = watch.standings();
            if (standings.isEmpty() && !listed && Duration.between(begun, now).compareTo(LEAST_AGE) > 0) {
                notes.print(nothingSelected(finder));
                listed = true;
            }
            String gist = StatusTable.gist(standings);
            boolean due = !gist.equals(shown) || Duration.between(shownAt, now).compareTo(PRINTED_AT_LEAST) >= 0;
            if (!standings.isEmpty() && (terminal.redraws() || due)) {
                terminal.show(screen(standings, now, terminal));
                shown = gist;
                shownAt = now;
            }
            boolean over = limit != null && Duration.between(begun, now).compareTo(limit) >= 0;
            boolean enough = failFast && standings.stream().anyMatch(JvmStanding::broken);
            if (over || enough || watch.allGone() || stop.await(REFRESH)) {
                return;
            }
        }
    }

    private List<String> screen(List<JvmStanding> standings, Instant now, Terminal terminal) {
        List<String> lines = new ArrayList<>();
        lines.add("%s  policy %s, sampled every %s%s"
                .formatted(
                        now.truncatedTo(ChronoUnit.SECONDS),
                        policy.plan().key().name(),
                        RunReport.seconds(policy.plan().interval()),
                        terminal.redraws() ? "; Ctrl-C ends with a report" : ""));
        lines.addAll(StatusTable.of(standings, terminal.colour()));
        return lines;
    }

    private List<JvmProcess> selected(JvmFinder finder, Instant now) {
        return finder.all().stream()
                .filter(jvm -> jvm.startedAt().plus(LEAST_AGE).isBefore(now))
                .filter(jvm -> LabelSelectors.matches(policy.plan().selector(), LabelRule.labels(jvm, labels)))
                .toList();
    }

    private String nothingSelected(JvmFinder finder) {
        List<JvmProcess> jvms = finder.all();
        if (jvms.isEmpty()) {
            return "No JVM runs on this machine, or none that this user can see. Waiting for one.\n";
        }
        return "The policy selects none of the JVMs of this machine. Give one the label it asks for with --label"
                + " KEY=VALUE@TEXT, where TEXT stands in its command line. Waiting. Labels now:\n"
                + jvms.stream()
                        .limit(JVMS_LISTED)
                        .map(jvm -> "  " + LabelRule.labels(jvm, labels) + "\n")
                        .collect(Collectors.joining());
    }
}
