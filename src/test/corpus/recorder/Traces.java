import io.heapwarden.jvm.JvmCounters;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** The recorded traces and their index, a line a trace: what its program declares, and what was measured when it was recorded. */
final class Traces {

    private static final Pattern MEASURED = Pattern.compile("\\{\"trace\":\"([^\"]+)\\.jsonl\\.gz\".*\"measured\":(\\{.*\\})\\}");

    private final Path directory;
    private final Map<String, String> measured = new TreeMap<>();
    private final Map<String, String> lines = new TreeMap<>();

    Traces(Path directory) throws IOException {
        this.directory = Files.createDirectories(directory);
        readIndex();
    }

    private void readIndex() throws IOException {
        Path index = index();
        for (String line : Files.exists(index) ? Files.readAllLines(index) : List.<String>of()) {
            Matcher matcher = MEASURED.matcher(line);
            if (matcher.matches() && Files.exists(file(matcher.group(1)))) {
                measured.putIfAbsent(matcher.group(1), matcher.group(2));
                lines.put(matcher.group(1), line);
            }
        }
    }

    private Path index() {
        return directory.resolve("index.jsonl");
    }

    private Path file(String trace) {
        return directory.resolve(trace + ".jsonl.gz");
    }

    synchronized boolean has(Run run) {
        return measured.containsKey(run.trace());
    }

    /** Writes a trace: of a leak the declared share of the way to exhaustion. */
    String write(Program program, Run run, Recording recording) throws IOException {
        Instant startedAt = recording.startedAt();
        Instant exhaustedAt = recording.exhaustedAt();
        Instant end = exhaustedAt == null
                ? Instant.MAX
                : startedAt.plusMillis((long) (Duration.between(startedAt, exhaustedAt).toMillis() * run.cut()));
        List<Reading> kept =
                recording.readings().stream().filter(reading -> !reading.at().isAfter(end)).toList();
        StringBuilder text = new StringBuilder(header(program, run, recording.counters())).append('\n');
        kept.forEach(reading -> text.append(reading.line(startedAt, run.timeScale())).append('\n'));
        Path half = directory.resolve(run.trace() + ".half");
        try (OutputStream out = new SmallestGzip(Files.newOutputStream(half))) {
            out.write(text.toString().getBytes(StandardCharsets.UTF_8));
        }
        Files.move(half, file(run.trace()), StandardCopyOption.REPLACE_EXISTING);
        long histograms = kept.stream().filter(reading -> reading.histogram() != null).count();
        String facts = "{\"exhaustedAt\":" + time(run, startedAt, exhaustedAt) + ",\"leakFrom\":"
                + time(run, startedAt, recording.leakFrom()) + ",\"startedAt\":\"" + startedAt + "\",\"samples\":" + kept.size()
                + ",\"histograms\":" + histograms + "}";
        synchronized (this) {
            measured.put(run.trace(), facts);
        }
        return kept.size() + " samples, " + histograms + " histograms, " + Files.size(file(run.trace())) / 1024 + " kB, "
                + Duration.between(startedAt, recording.readings().get(recording.readings().size() - 1).at()).toSeconds() + " s";
    }

    private static String time(Run run, Instant startedAt, Instant time) {
        return time == null ? "null" : "\"" + Reading.stretched(startedAt, time, run.timeScale()) + "\"";
    }

    private static String header(Program program, Run run, JvmCounters counters) {
        Duration interval = Duration.ofMillis(run.intervalMillis() * run.timeScale());
        StringBuilder limits = new StringBuilder();
        limit(limits, "containerBytes", run.bytes("container"));
        limit(limits, "directBytes", run.bytes("direct"));
        limit(limits, "metaspaceBytes", counters.metaspace().max());
        limit(limits, "threads", run.bytes("pids"));
        return "{\"heapwarden\":\"trace/v1\",\"subject\":{\"namespace\":\"corpus\",\"pod\":\"" + program.name().toLowerCase(java.util.Locale.ROOT)
                + "\",\"container\":\"app\"},\"jvm\":{\"version\":\"" + counters.javaVersion() + "\",\"collector\":\"" + counters.collector()
                + "\",\"startedAt\":\"" + counters.startedAt() + "\"" + number("maxHeapBytes", counters.heap().max()) + "},\"limits\":{" + limits + "},\"interval\":\"" + interval + "\"}";
    }

    private static void limit(StringBuilder limits, String name, Long value) {
        if (value != null) {
            limits.append(limits.isEmpty() ? "" : ",").append('"').append(name).append("\":").append(value);
        }
    }

    private static String number(String name, Long value) {
        return value == null ? "" : ",\"" + name + "\":" + value;
    }

    /** Writes the index anew, in the order of the names, with what another recorder may have added. */
    synchronized void writeIndex(List<Program> programs) throws IOException {
        readIndex();
        for (Program program : programs) {
            for (Run run : program.runs()) {
                String facts = measured.get(run.trace());
                if (facts != null) {
                    lines.put(run.trace(), line(program, run, facts));
                }
            }
        }
        Path half = directory.resolve("index.half");
        Files.writeString(half, lines.values().stream().map(line -> line + "\n").collect(Collectors.joining()));
        Files.move(half, index(), StandardCopyOption.REPLACE_EXISTING);
    }

    private static String line(Program program, Run run, String facts) {
        Matcher times = Pattern.compile("\"exhaustedAt\":([^,]+),\"leakFrom\":([^,]+),").matcher(facts);
        if (!times.find()) {
            throw new IllegalStateException("index.jsonl: no times in the measured facts of " + run.trace() + ": delete its trace and record it again");
        }
        return "{\"trace\":\"" + run.trace() + ".jsonl.gz\",\"program\":\"" + program.name() + "\",\"kind\":\"" + program.kind()
                + "\",\"verdicts\":" + strings(program.verdicts()) + ",\"culprits\":" + strings(program.culprits()) + ",\"signal\":\""
                + program.signal() + "\",\"exhaustedAt\":" + times.group(1) + ",\"leakFrom\":" + times.group(2) + ",\"jdk\":\"" + run.jdk()
                + "\",\"collector\":\"" + run.collector() + "\",\"variant\":\"" + run.variant() + "\",\"cut\":" + run.rising()
                + ",\"timeScale\":" + run.timeScale() + ",\"measured\":" + facts + "}";
    }

    private static String strings(List<String> texts) {
        return texts.stream().map(text -> "\"" + text + "\"").collect(Collectors.joining(",", "[", "]"));
    }

    /** Files that are read often and written once. */
    private static final class SmallestGzip extends GZIPOutputStream {
        SmallestGzip(OutputStream out) throws IOException {
            super(out, 1 << 16);
            def.setLevel(Deflater.BEST_COMPRESSION);
        }
    }
}
