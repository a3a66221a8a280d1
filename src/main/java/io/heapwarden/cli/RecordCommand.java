package io.heapwarden.cli;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.heapwarden.probe.ContainerProbe;
import io.heapwarden.probe.JvmProbe;
import io.heapwarden.probe.LocalProbe;
import io.heapwarden.probe.PodExecRunner;
import io.heapwarden.probe.ProbeLimits;
import io.heapwarden.probe.Target;
import io.heapwarden.trace.TraceHeader;
import io.heapwarden.trace.TraceHeader.Subject;
import io.heapwarden.trace.TraceWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Records a life, to be judged again and again. */
@Command(
        name = "record",
        description = "Records the memory of one JVM as a trace, until it ends, --for is over or Ctrl-C.",
        footer = {
            "",
            "What it costs the JVM: counters cost nothing, there is no pause and no signal. A histogram stops the application: about 45 ms and"
                    + " 0.5 s for each GiB of heap in use with G1, Parallel and Serial, 4 s for each GiB with ZGC and Shenandoah; with --live a full"
                    + " collection, 120 ms and 2.5 or 5 s for each GiB. One whose predicted pause is longer than --max-pause is not taken.",
            "A local JVM is read in about a millisecond a sample; a pod by one exec (two for a histogram).",
            "Exit codes: 0 recorded, also when the JVM ended meanwhile; 2 there was nothing to record."
        },
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = 2,
        exitCodeOnExecutionException = 2)
final class RecordCommand implements Callable<Integer> {

    private static final Duration LONGEST_INTERVAL = Duration.ofHours(1);
    private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(100);

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    CommandSpec spec;

    @Mixin
    JvmOptions jvm = new JvmOptions();

    @Option(
            names = "--for",
            converter = DurationOption.class,
            paramLabel = "TIME",
            description = "How long, such as 10m.")
    @Nullable
    Duration limit;

    @Option(
            names = "--interval",
            converter = DurationOption.class,
            paramLabel = "TIME",
            defaultValue = "1s",
            description = "Between two samples, 100ms to 1h; default 1s.")
    Duration interval = Duration.ofSeconds(1);

    @Option(
            names = "--histogram",
            converter = HistogramPlan.Option.class,
            paramLabel = "WHEN",
            defaultValue = "on-suspicion",
            description =
                    "Class histograms: 'every 10s', on-suspicion (when something grows, at most every 10 intervals; default) or never. Each"
                            + " one is a pause, see below.")
    HistogramPlan histograms = new HistogramPlan.OnSuspicion();

    @Option(
            names = "--live",
            description = "Count reachable objects only, at the price of a full collection each time.")
    boolean live;

    @Option(
            names = "--max-pause",
            converter = DurationOption.class,
            paramLabel = "TIME",
            defaultValue = "1s",
            description = "The longest pause that a histogram may be predicted to cause; default 1s.")
    Duration maxPause = Duration.ofSeconds(1);

    @Option(
            names = "--top",
            paramLabel = "N",
            defaultValue = "0",
            description =
                    "Keep the N classes with most bytes and the N with most instances of each histogram; default 0, all.")
    int top;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description =
                    "File to write, gzipped when its name ends with .gz, - for standard output; default a new file here.")
    @Nullable
    String output;

    @Override
    public Integer call() throws IOException {
        if (interval.compareTo(SHORTEST_INTERVAL) < 0 || interval.compareTo(LONGEST_INTERVAL) > 0) {
            throw new ParameterException(spec.commandLine(), "--interval must be between 100ms and 1h");
        }
        if (top < 0) {
            throw new ParameterException(spec.commandLine(), "--top must not be negative");
        }
        String pod = jvm.pod();
        if (pod == null) {
            int pid = jvm.pid();
            return record(
                    new LocalProbe(Clock.systemUTC(), ProbeLimits.DEFAULTS),
                    LocalProbe.target(pid),
                    Subject.UNKNOWN,
                    "heapwarden-" + pid);
        }
        try (KubernetesClient client = new KubernetesClientBuilder().build()) {
            RecordedPod found = jvm.find(client, pod);
            JvmProbe probe = new ContainerProbe(new PodExecRunner(client), Clock.systemUTC(), ProbeLimits.DEFAULTS);
            return record(probe, found.target(), found.subject(), "heapwarden-" + pod);
        } catch (IllegalArgumentException e) {
            tell(String.valueOf(e.getMessage()));
        } catch (KubernetesClientException e) {
            tell("the cluster cannot be asked: " + e.getMessage());
        }
        return 2;
    }

    private int record(JvmProbe probe, Target target, Subject subject, String name) throws IOException {
        Clock clock = Clock.systemUTC();
        Stop stop = new Stop(clock);
        Thread hook = Thread.ofPlatform().unstarted(stop::stopAndWait);
        Runtime.getRuntime().addShutdownHook(hook);
        String file = output == null ? name + "-" + clock.instant().getEpochSecond() + ".jsonl.gz" : output;
        try {
            Recording.Summary summary = new Recording(
                            probe,
                            target,
                            new Recording.Settings(interval, limit, histograms, live, maxPause),
                            new HistogramCut(top),
                            clock,
                            this::tell)
                    .run(subject, header -> open(file, header), stop);
            if (summary.samples() == 0) {
                return 2;
            }
            tell(summary.samples() + " samples, " + summary.histograms() + " with a histogram, in " + file
                    + ". To judge them: heapwarden replay " + file);
            return 0;
        } finally {
            stop.finished();
        }
    }

    private static TraceWriter open(String file, TraceHeader header) throws IOException {
        return file.equals("-") ? new TraceWriter(System.out, header) : TraceWriter.create(Path.of(file), header);
    }

    private void tell(String sentence) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(sentence);
        err.flush();
    }

    /** Lets Ctrl-C end a recording so that the file is whole. */
    private static final class Stop implements Recording.Pace {

        private static final long PATIENCE_SECONDS = 40;

        private final Clock clock;
        private final CountDownLatch told = new CountDownLatch(1);
        private final CountDownLatch done = new CountDownLatch(1);

        Stop(Clock clock) {
            this.clock = clock;
        }

        @Override
        public boolean until(Instant time) {
            try {
                long millis = Duration.between(clock.instant(), time).toMillis();
                return !told.await(Math.max(0, millis), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        void finished() {
            done.countDown();
        }

        /** A diagnostic command that is under way may take its time; it is not cut off. */
        void stopAndWait() {
            told.countDown();
            try {
                if (!done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    System.err.println("The recording did not end in time; its last line may be missing.");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
