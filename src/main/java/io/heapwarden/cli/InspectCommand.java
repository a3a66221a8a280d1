package io.heapwarden.cli;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.heapwarden.jvm.ContainerEvents;
import io.heapwarden.jvm.CounterRates;
import io.heapwarden.jvm.JvmCounters;
import io.heapwarden.probe.ContainerQuestions;
import io.heapwarden.probe.JvmQuestions;
import io.heapwarden.probe.JvmQuestions.Look;
import io.heapwarden.probe.LocalProbe;
import io.heapwarden.probe.LocalQuestions;
import io.heapwarden.probe.PodExecRunner;
import io.heapwarden.probe.ProbeLimits;
import io.heapwarden.probe.ProbeResult;
import io.heapwarden.probe.ProbeResult.Failure;
import io.heapwarden.probe.ProbeResult.Refusal;
import io.heapwarden.probe.ProbeResult.Success;
import io.heapwarden.probe.Question;
import io.heapwarden.probe.Target;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says what one JVM says of itself right now. */
@Command(
        name = "inspect",
        description =
                "Asks a JVM, of this machine or in a pod, what it does: threads, locks, deadlocks, class loaders, native memory, finalizers.",
        footer = {
            "",
            "What it costs the JVM: without options nothing, only files are read. --threads is a safepoint of milliseconds (about 15 µs a thread);"
                    + " --locks walks the heap in one, as a class histogram does; --strings looks at each interned string in one; --class-loaders is a"
                    + " short one; --native-memory and --finalizers are none. What is predicted to take longer than --max-pause is not asked."
                    + " docs/inspect.md has figures.",
            "Exit codes: 0 all that was asked was answered; 1 something was not, and it says why; 2 there is no such JVM."
        },
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = 2,
        exitCodeOnExecutionException = 2)
final class InspectCommand implements Callable<Integer> {

    private static final int NOT_ALL = 1;
    private static final int NO_JVM = 2;

    /** How to write what was found. */
    enum Format {
        text,
        json
    }

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    CommandSpec spec;

    @Mixin
    JvmOptions which = new JvmOptions();

    @Option(names = "--threads", description = "Threads by name and state, contended locks, deadlocks.")
    boolean threads;

    @Option(
            names = "--locks",
            description = "As --threads, and who holds locks of java.util.concurrent: walks the heap.")
    boolean locks;

    @Option(names = "--class-loaders", description = "Class loaders by class, with their metaspace.")
    boolean classLoaders;

    @Option(
            names = "--native-memory",
            description = "The JVM's account of native memory; kept with -XX:NativeMemoryTracking=summary only.")
    boolean nativeMemory;

    @Option(names = "--strings", description = "Interned strings and symbols; from JDK 11 on.")
    boolean strings;

    @Option(names = "--finalizers", description = "Objects whose finalizers are still to be run.")
    boolean finalizers;

    @Option(names = "--all", description = "All of these but --locks.")
    boolean all;

    @Option(
            names = "--rates",
            converter = DurationOption.class,
            paramLabel = "TIME",
            description =
                    "Watch this long, such as 10s, and say how fast is allocated and how much time goes to the collector.")
    @Nullable
    Duration rates;

    @Option(
            names = "--top",
            paramLabel = "N",
            defaultValue = "15",
            description = "Rows of each table in text; default 15. JSON has all.")
    int top = 15;

    @Option(
            names = "--max-pause",
            converter = DurationOption.class,
            paramLabel = "TIME",
            defaultValue = "1s",
            description = "The longest pause that a question may be predicted to cause; default 1s.")
    Duration maxPause = Duration.ofSeconds(1);

    @Option(names = "--format", paramLabel = "text|json", defaultValue = "text", description = "Default text.")
    Format format = Format.text;

    @Override
    public Integer call() throws InterruptedException {
        Clock clock = Clock.systemUTC();
        String pod = which.pod();
        if (pod == null) {
            return inspect(
                    new LocalQuestions(clock, ProbeLimits.DEFAULTS),
                    LocalProbe.target(which.pid()),
                    "Process " + which.pid(),
                    clock);
        }
        try (KubernetesClient client = new KubernetesClientBuilder().build()) {
            Target target = which.find(client, pod).target();
            return inspect(
                    new ContainerQuestions(new PodExecRunner(client), clock, ProbeLimits.DEFAULTS),
                    target,
                    target.toString(),
                    clock);
        } catch (IllegalArgumentException e) {
            spec.commandLine().getErr().println(e.getMessage());
        } catch (KubernetesClientException e) {
            spec.commandLine().getErr().println("the cluster cannot be asked: " + e.getMessage());
        }
        return NO_JVM;
    }

    private int inspect(JvmQuestions jvm, Target target, String name, Clock clock) throws InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        Instant first = clock.instant();
        Look look;
        switch (jvm.look(target)) {
            case Success<Look> s -> look = s.value();
            case Refusal<Look> r -> {
                err.println(name + " cannot be inspected (" + r.reason() + "): " + r.detail());
                return NO_JVM;
            }
            case Failure<Look> f -> {
                err.println(name + " cannot be inspected (" + f.reason() + "): " + f.detail());
                return NO_JVM;
            }
        }
        CounterRates speed = null;
        ContainerEvents.Difference difference = null;
        if (rates != null) {
            Thread.sleep(rates);
            Instant second = clock.instant();
            if (jvm.look(target) instanceof Success<Look>(Look later)) {
                speed = rates(look, first, later, second);
                difference = later.container().since(look.container(), Duration.between(first, second));
                look = later;
            }
        }
        Inspected found = new Inspected(
                look,
                speed,
                difference,
                locks
                        ? ask(true, jvm, target, Question.THREADS_WITH_SYNCHRONIZERS)
                        : ask(threads, jvm, target, Question.THREADS),
                ask(classLoaders, jvm, target, Question.CLASS_LOADERS),
                ask(nativeMemory, jvm, target, Question.NATIVE_MEMORY),
                ask(strings, jvm, target, Question.STRINGS),
                ask(strings, jvm, target, Question.SYMBOLS),
                ask(finalizers, jvm, target, Question.FINALIZERS));
        PrintWriter out = spec.commandLine().getOut();
        switch (format) {
            case text -> new InspectText(top).of(found).forEach(out::println);
            case json -> out.println(InspectJson.line(found));
        }
        out.flush();
        return found.complete() ? 0 : NOT_ALL;
    }

    private <T> @Nullable ProbeResult<T> ask(boolean wanted, JvmQuestions jvm, Target target, Question<T> question) {
        return wanted || all ? jvm.ask(target, question, maxPause) : null;
    }

    private static @Nullable CounterRates rates(Look before, Instant first, Look after, Instant second) {
        JvmCounters earlier = before.counters();
        JvmCounters later = after.counters();
        return earlier == null || later == null
                ? null
                : CounterRates.between(
                        new CounterRates.Reading(first, earlier), new CounterRates.Reading(second, later));
    }
}
