package io.heapwarden.evidence.collect;

import io.heapwarden.probe.CommandRunner;
import io.heapwarden.probe.ContainerCommands;
import io.heapwarden.probe.ContainerFiles;
import io.heapwarden.probe.LocalProcessRunner;
import io.heapwarden.probe.PauseLimits;
import io.heapwarden.probe.ProbeLimits;
import io.heapwarden.probe.ProbeResult;
import io.heapwarden.probe.SafetyBudget;
import io.heapwarden.probe.StreamRunner;
import io.heapwarden.probe.Target;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What evidence is collected by, with the shell scripts run on this machine. */
final class Collecting {

    private final Clock clock = Clock.systemUTC();
    private final SafetyBudget budget;
    private final Recorded runner = new Recorded();
    private final ContainerFiles files;

    Collecting(StreamRunner streams, PauseLimits limits) {
        this.budget = new SafetyBudget(clock, ProbeLimits.DEFAULTS, limits);
        this.files = new ContainerFiles(runner, streams, budget);
    }

    ContainerCommands commands() {
        return new ContainerCommands(runner, ProbeLimits.DEFAULTS, budget);
    }

    ChainTaking chains(String directory) {
        return new ChainTaking(commands(), files, clock, directory);
    }

    HeapDumpCollector dumps() {
        return new HeapDumpCollector(commands(), files, ProbeLimits.DEFAULTS, clock);
    }

    /** The last words of the scripts that were run, in order. */
    List<String> sent() {
        return List.copyOf(runner.sent);
    }

    private static final class Recorded implements CommandRunner {

        private static final int BEFORE_WORDS = 12;
        private final List<String> sent = Collections.synchronizedList(new ArrayList<>());

        @Override
        public ProbeResult<CommandOutput> run(Target target, List<String> command, Duration timeout, int cap) {
            if (command.size() > BEFORE_WORDS) {
                sent.add(String.join(" ", command.subList(BEFORE_WORDS, command.size())));
            }
            return new LocalProcessRunner().run(target, command, timeout, cap);
        }

        @Override
        public String name() {
            return "local process";
        }
    }
}
