package io.heapwarden.cli;

import io.heapwarden.growth.Assessment;
import io.heapwarden.growth.Life;
import io.heapwarden.growth.RisingFloorDetector;
import io.heapwarden.growth.Sample;
import io.heapwarden.growth.Sample.HeapHistogram;
import io.heapwarden.jvm.ClassHistogram;
import io.heapwarden.probe.JvmProbe;
import io.heapwarden.probe.JvmReading;
import io.heapwarden.probe.ProbeResult;
import io.heapwarden.probe.ProbeResult.Failure;
import io.heapwarden.probe.ProbeResult.Refusal;
import io.heapwarden.probe.ProbeResult.RefusalReason;
import io.heapwarden.probe.ProbeResult.Success;
import io.heapwarden.probe.Target;
import io.heapwarden.trace.TraceHeader;
import io.heapwarden.trace.TraceHeader.Subject;
import io.heapwarden.trace.TraceWriter;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Samples one JVM from now to the end of its life, or of the time given, and writes its trace. */
final class Recording {

    /** How sampling goes. */
    record Settings(
            Duration interval, @Nullable Duration limit, HistogramPlan histograms, boolean live, Duration maxPause) {}

    /** Opens the file when there is something to write. */
    interface Destination {
        TraceWriter open(TraceHeader header) throws IOException;
    }

    /** Passes the time between samples. */
    interface Pace {
        /** Returns at that time, or false at once when the recording is told to stop. */
        boolean until(Instant time);
    }

    /**
     * What was recorded.
     *
     * @param samples how many samples; none when the JVM could not be read at all
     * @param histograms how many of them have a histogram
     */
    record Summary(long samples, long histograms) {}

    /** How long a JVM may take to begin to answer. */
    private static final Duration START_PATIENCE = Duration.ofSeconds(10);

    private final JvmProbe probe;
    private final Target target;
    private final Settings settings;
    private final HistogramCut cut;
    private final Clock clock;
    private final Consumer<String> tell;
    private final Set<String> told = new HashSet<>();
    private @Nullable Instant lastHistogram;
    private long samples;
    private long histograms;

    /** @param tell is told in sentences what a person should know, each thing once */
    Recording(JvmProbe probe, Target target, Settings settings, HistogramCut cut, Clock clock, Consumer<String> tell) {
        this.probe = probe;
        this.target = target;
        this.settings = settings;
        this.cut = cut;
        this.clock = clock;
        this.tell = tell;
    }

    Summary run(Subject subject, Destination destination, Pace pace) throws IOException {
        Instant begun = clock.instant();
        JvmReading first = first(pace);
        if (first == null) {
            return new Summary(0, 0);
        }
        Instant startedAt = first.jvm().startedAt();
        Life life = new Life(
                startedAt,
                settings.interval,
                first.maxHeap(),
                first.containerLimit(),
                first.maxMetaspace(),
                first.maxDirect(),
                first.maxThreads(),
                first.jvm().collector());
        try (TraceWriter writer =
                destination.open(new TraceHeader(subject, first.jvm().version(), life))) {
            RisingFloorDetector detector = new RisingFloorDetector(life);
            Assessment assessment = write(first, writer, detector, false);
            Instant next = begun.plus(settings.interval);
            while (settings.limit == null || !next.isAfter(begun.plus(settings.limit))) {
                if (!pace.until(next)) {
                    tell.accept("Told to stop.");
                    break;
                }
                next = following(next);
                ProbeResult<JvmReading> asked = probe.counters(target);
                if (asked instanceof Success<JvmReading>(JvmReading reading)) {
                    if (!reading.jvm().startedAt().equals(startedAt)) {
                        tell.accept("The JVM has been restarted, which ends the trace: it tells one life.");
                        break;
                    }
                    assessment = write(reading, writer, detector, assessment.histogramWanted());
                } else if (ended(asked)) {
                    break;
                }
            }
        }
        return new Summary(samples, histograms);
    }

    /** A JVM that is just starting is asked again for a while; what will not be recorded is said. */
    private @Nullable JvmReading first(Pace pace) {
        Instant patience = clock.instant().plus(START_PATIENCE);
        while (true) {
            switch (probe.counters(target)) {
                case Success<JvmReading> s -> {
                    return s.value();
                }
                case Refusal<JvmReading> r -> {
                    tell.accept("It cannot be recorded (" + r.reason() + "): " + r.detail() + ".");
                    return null;
                }
                case Failure<JvmReading> f -> {
                    Instant again = clock.instant().plus(settings.interval);
                    if (again.isAfter(patience) || !pace.until(again)) {
                        tell.accept("It cannot be recorded (" + f.reason() + "): " + f.detail() + ".");
                        return null;
                    }
                }
            }
        }
    }

    /** Times that have passed meanwhile are left out rather than made up for. */
    private Instant following(Instant time) {
        Instant next = time.plus(settings.interval);
        Instant now = clock.instant();
        if (next.isBefore(now)) {
            long missed = Duration.between(next, now).dividedBy(settings.interval);
            next = next.plus(settings.interval.multipliedBy(missed + 1));
        }
        return next;
    }

    private boolean ended(ProbeResult<JvmReading> asked) {
        if (asked instanceof Refusal<JvmReading>(RefusalReason reason, String detail)) {
            if (reason == RefusalReason.NotRunning) {
                tell.accept("The JVM has ended.");
                return true;
            }
            once("A sample was missed (" + reason + "): " + detail + ".");
        } else if (asked instanceof Failure<JvmReading>(ProbeResult.FailureReason reason, String detail)) {
            once("A sample was missed (" + reason + "): " + detail + ".");
        }
        return false;
    }

    private Assessment write(JvmReading reading, TraceWriter writer, RisingFloorDetector detector, boolean wanted)
            throws IOException {
        Sample sample = withHistogram(reading, wanted);
        writer.write(sample);
        samples++;
        return detector.observe(sample);
    }

    private Sample withHistogram(JvmReading reading, boolean wanted) {
        Instant now = clock.instant();
        if (!settings.histograms.due(now, lastHistogram, wanted, settings.interval)) {
            return reading.sample();
        }
        lastHistogram = now;
        switch (probe.histogram(target, reading, settings.live, settings.maxPause)) {
            case Success<ClassHistogram>(ClassHistogram classes) -> {
                histograms++;
                return reading.sample().with(new HeapHistogram(settings.live, cut.of(classes)));
            }
            case Refusal<ClassHistogram> r ->
                once("A histogram was not taken (" + r.reason() + "): " + r.detail() + ".");
            case Failure<ClassHistogram> f -> once("A histogram failed (" + f.reason() + "): " + f.detail() + ".");
        }
        return reading.sample();
    }

    private void once(String sentence) {
        if (told.add(sentence.substring(0, sentence.indexOf(':')))) {
            tell.accept(sentence);
        }
    }
}
