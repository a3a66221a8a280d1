package io.heapwarden.evidence.chain;

import io.heapwarden.evidence.chain.ChainQuestion.FlightRecorder;
import io.heapwarden.evidence.chain.CollectionOutcome.Done;
import io.heapwarden.evidence.chain.CollectionOutcome.Failed;
import io.heapwarden.evidence.chain.CollectionOutcome.Refused;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;

/**
 * Has one JVM record old object samples and hands them back. Three steps, of which each can be taken by another process than the one before:
 * {@link #start}, {@link #harvest} after a while, or {@link #abort}. A recording that nobody harvests ends by itself.
 *
 * <p>The recording is in memory, so the JVM makes no repository of chunks in /tmp, and it is ended into a file rather than dumped and ended:
 * either would search, and so there is one search. Whichever way it ends, there is one, up to the cut-off it was started with.
 */
public final class ChainCollector {

    /** Where the JVM writes its recording, for a moment. */
    public static final String DEFAULT_FILE = "/tmp/heapwarden-chains.jfr";

    /** Time for a command that does not search. Starting the recorder the first time took 0.3 to 1.9 s of a slow core. */
    private static final Duration SHORT = Duration.ofSeconds(20);

    /** Time for one that searches; what goes beyond it is a JVM that has no processor. */
    private static final Duration LONG = Duration.ofSeconds(60);

    private static final String NOTHING = "/dev/null";
    private static final String STARTED = "Started recording";
    private static final String STOPPED = "Stopped recording";
    private static final int QUOTED = 200;

    private final JvmCommands jvm;
    private final String file;

    /** Of a container with one JVM. */
    public ChainCollector(JvmCommands jvm) {
        this(jvm, DEFAULT_FILE);
    }

    /**
     * @param jvm the JVM
     * @param file where the JVM may write, as it sees it; the same for all steps, another one for another JVM that has the same /tmp
     */
    public ChainCollector(JvmCommands jvm, String file) {
        if (!file.matches("/[A-Za-z0-9._/-]{1,200}")) {
            throw new IllegalArgumentException(
                    "the file must be an absolute path of letters, digits and ._- without spaces, not " + file);
        }
        this.jvm = jvm;
        this.file = file;
    }

    /** What the JVM's flight recorder does now; changes nothing. */
    public CollectionOutcome<FlightRecorder> recorder() {
        try {
            String answer = jvm.diagnosticCommand("JFR.check", SHORT);
            RecordingList list = RecordingList.parse(answer);
            if (list == null) {
                return answer.contains("not found")
                                || answer.contains("disabled")
                                || answer.contains("Unknown diagnostic command")
                        ? new Done<>(FlightRecorder.Absent)
                        : new Failed<>("JFR.check was answered with " + quoted(answer));
            }
            return new Done<>(
                    list.other() != null
                            ? FlightRecorder.Others
                            : list.ours() != null ? FlightRecorder.Ours : FlightRecorder.Idle);
        } catch (IOException e) {
            return new Failed<>("JFR.check failed: " + e.getMessage());
        }
    }

    /**
     * Starts sampling. Objects are sampled from now on only, and those show that survive a collection.
     *
     * @param cutoff how long the search at the end may take
     * @param expiry after this long the recording ends by itself, with its search, and leaves nothing: longer than it is meant to record
     * @return the recorder as it is now; {@link FlightRecorder#Ours} also when ours was under way already
     */
    public CollectionOutcome<FlightRecorder> start(Duration cutoff, Duration expiry) {
        CollectionOutcome<FlightRecorder> found = recorder();
        if (!(found instanceof Done<FlightRecorder>(FlightRecorder now))) {
            return found;
        }
        return switch (now) {
            case Ours -> found;
            case Others ->
                new Refused<>(
                        ChainRefusal.OtherRecording,
                        "somebody else records in this JVM; ours would cut theirs when it ends");
            case Absent, Unknown -> new Refused<>(ChainRefusal.NoFlightRecorder, "the JVM has no flight recorder");
            case Idle -> startIdle(cutoff, expiry);
        };
    }

    private CollectionOutcome<FlightRecorder> startIdle(Duration cutoff, Duration expiry) {
        // Without a file a recording that ends by itself would be written into the working directory.
        String command = "JFR.start name=%s settings=none disk=false duration=%ds filename=%s"
                        .formatted(RecordingList.NAME, Math.max(1, expiry.toSeconds()), NOTHING)
                + " +jdk.OldObjectSample#enabled=true +jdk.OldObjectSample#stackTrace=true +jdk.OldObjectSample#cutoff=%dms"
                        .formatted(cutoff.toMillis());
        try {
            jvm.remove(file);
            String answer = jvm.diagnosticCommand(command, SHORT);
            return answer.contains(STARTED)
                    ? new Done<>(FlightRecorder.Ours)
                    : new Failed<>("JFR.start was answered with " + quoted(answer));
        } catch (IOException e) {
            return new Failed<>("JFR.start failed: " + e.getMessage() + left(abort()));
        }
    }

    /**
     * Ends the recording, which stops the application for the search, and reads what it holds. Where that fails the recording is ended and
     * dropped, if it still runs.
     */
    public CollectionOutcome<List<OldObjectSample>> harvest() {
        try {
            CollectionOutcome<String> stopped = stop(file);
            return stopped instanceof Failed<String>(String sentence)
                    ? new Failed<>(sentence + left(abort()))
                    : new Done<>(content());
        } catch (IOException | UnreadableRecordingException e) {
            return new Failed<>("the recording cannot be had: " + e.getMessage() + left(abort()));
        } finally {
            removeQuietly();
        }
    }

    private List<OldObjectSample> content() throws IOException, UnreadableRecordingException {
        long bytes = jvm.fileSize(file);
        if (bytes > ReferenceChains.MAX_BYTES) {
            throw new UnreadableRecordingException(
                    "it has %d bytes, more than the %d that are read".formatted(bytes, ReferenceChains.MAX_BYTES));
        }
        try (InputStream content = jvm.read(file, ReferenceChains.MAX_BYTES)) {
            return ReferenceChains.read(content);
        }
    }

    /** Ends the recording and drops it, and takes away what a process that died half-way left. It searches once when ours was under way. */
    public CollectionOutcome<FlightRecorder> abort() {
        try {
            CollectionOutcome<String> stopped = stop(NOTHING);
            jvm.remove(file);
            CollectionOutcome<FlightRecorder> now = recorder();
            return now instanceof Done<FlightRecorder>(FlightRecorder state)
                            && state == FlightRecorder.Ours
                            && stopped instanceof Failed<String>(String sentence)
                    ? new Failed<>(sentence)
                    : now;
        } catch (IOException e) {
            return new Failed<>("the recording could not be ended: " + e.getMessage() + "; it ends by itself");
        }
    }

    private CollectionOutcome<String> stop(String into) throws IOException {
        RecordingList list = RecordingList.parse(jvm.diagnosticCommand("JFR.check", SHORT));
        Integer ours = list == null ? null : list.ours();
        if (ours == null) {
            return new Failed<>("no recording of ours is under way: it was not started, or has ended by itself");
        }
        String answer = jvm.diagnosticCommand("JFR.stop name=%d filename=%s".formatted(ours, into), LONG);
        return answer.contains(STOPPED)
                ? new Done<>(answer)
                : new Failed<>("JFR.stop was answered with " + quoted(answer));
    }

    private void removeQuietly() {
        try {
            jvm.remove(file);
        } catch (IOException e) {
            // The next start or abort takes it away.
        }
    }

    private static String left(CollectionOutcome<FlightRecorder> after) {
        return after instanceof Failed<FlightRecorder>(String sentence) ? "; " + sentence : "";
    }

    private static String quoted(String answer) {
        String head = answer.length() <= QUOTED ? answer : answer.substring(0, QUOTED) + "...";
        return '"' + head.strip().replaceAll("[^ -~]+", " ") + '"';
    }
}
