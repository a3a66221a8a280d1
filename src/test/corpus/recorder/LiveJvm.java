import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import io.heapwarden.jvm.JvmCounters;
import io.heapwarden.jvm.MalformedOutputException;
import io.heapwarden.jvm.PerfData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import sun.tools.attach.HotSpotVirtualMachine;

/** A JVM on this machine, read from outside: hsperfdata, /proc, its memory control group where it has one, and diagnostic commands. */
final class LiveJvm implements AutoCloseable {

    private static final Pattern ROW = Pattern.compile("\\s*\\d+:\\s+(\\d+)\\s+(\\d+)\\s+(\\S+).*");
    private static final Pattern OTHER = Pattern.compile("Other \\(reserved=\\d+KB, committed=(\\d+)KB");
    private static final double TICKS_PER_SECOND = 100;
    private static final int MOST_BY_BYTES = 150;
    private static final int MOST_BY_INSTANCES = 60;

    /** One class of a histogram; classes of one name from several loaders are added up. */
    private record Row(String name, long instances, long bytes) {

        Row plus(Row other) {
            return new Row(name, instances + other.instances, bytes + other.bytes);
        }
    }

    private final long pid;
    private final Path perfData;
    private final Path controlGroup;
    private final boolean nativeTracking;
    private HotSpotVirtualMachine attached;
    private JvmCounters last;

    LiveJvm(long pid, Path controlGroup, boolean nativeTracking) {
        this.pid = pid;
        this.perfData = Path.of(System.getProperty("java.io.tmpdir"), "hsperfdata_" + System.getProperty("user.name"), Long.toString(pid));
        this.controlGroup = controlGroup;
        this.nativeTracking = nativeTracking;
    }

    /** The counters as last read. */
    JvmCounters counters() {
        return last;
    }

    /** One reading; a histogram comes right after the counters. */
    Reading read(boolean histogram, boolean live) throws IOException, MalformedOutputException {
        JvmCounters counters = readCounters();
        Instant at = Instant.now();
        Map<String, Number> figures = new LinkedHashMap<>();
        put(figures, "heap.usedBytes", counters.heap().used());
        put(figures, "heap.afterGcBytes", counters.heap().afterGc());
        put(figures, "heap.committedBytes", counters.heap().committed());
        put(figures, "metaspaceBytes", counters.metaspace().used());
        put(figures, "classes.loaded", counters.classes().loaded());
        put(figures, "classes.unloaded", counters.classes().unloaded());
        put(figures, "threads", counters.threads());
        if (nativeTracking) {
            put(figures, "directBytes", directBytes());
        }
        String status = Files.readString(Path.of("/proc/" + pid + "/status"));
        put(figures, "rssBytes", kilobytes(status, "VmRSS:"));
        put(figures, "anonBytes", kilobytes(status, "RssAnon:"));
        put(figures, "workingSetBytes", workingSet());
        put(figures, "cpuSeconds", cpuSeconds());
        put(figures, "gc.young", counters.collections().young());
        put(figures, "gc.full", counters.collections().full());
        put(figures, "gc.seconds", counters.collections().pauseSeconds());
        return new Reading(at, figures, histogram ? histogram(live) : null);
    }

    private JvmCounters readCounters() throws IOException, MalformedOutputException {
        for (int tries = 0; tries < 5; tries++) {
            last = JvmCounters.from(PerfData.parse(Files.readAllBytes(perfData)));
            if (!last.torn()) {
                break;
            }
            pause();
        }
        return last;
    }

    private static void pause() {
        try {
            Thread.sleep(10);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void put(Map<String, Number> figures, String name, Number value) {
        if (value != null) {
            figures.put(name, value);
        }
    }

    private static Long kilobytes(String status, String field) {
        Matcher matcher = Pattern.compile(field + "\\s+(\\d+) kB").matcher(status);
        return matcher.find() ? Long.parseLong(matcher.group(1)) * 1024 : null;
    }

    private double cpuSeconds() throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
    }

    /** What is charged to the control group less its inactive file pages. */
    private Long workingSet() throws IOException {
        if (controlGroup == null) {
            return null;
        }
        long usage = Long.parseLong(Files.readString(controlGroup.resolve("memory.usage_in_bytes")).strip());
        for (String line : Files.readAllLines(controlGroup.resolve("memory.stat"))) {
            if (line.startsWith("total_inactive_file ")) {
                usage -= Long.parseLong(line.substring(line.indexOf(' ') + 1));
            }
        }
        return Math.max(0, usage);
    }

    /** Direct buffers and other memory of Unsafe, as native memory tracking counts them. */
    private Long directBytes() throws IOException {
        Matcher matcher = OTHER.matcher(command("VM.native_memory summary"));
        return matcher.find() ? Long.parseLong(matcher.group(1)) * 1024 : Long.valueOf(0);
    }

    private String histogram(boolean live) throws IOException {
        Map<String, Row> byName = new LinkedHashMap<>();
        for (String line : command(live ? "GC.class_histogram" : "GC.class_histogram -all").split("\n")) {
            Matcher matcher = ROW.matcher(line);
            if (matcher.matches()) {
                Row row = new Row(matcher.group(3), Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)));
                byName.merge(row.name(), row, Row::plus);
            }
        }
        if (byName.isEmpty()) {
            return null;
        }
        Map<String, Row> kept = new LinkedHashMap<>();
        keepMost(byName, Row::bytes, MOST_BY_BYTES, kept);
        keepMost(byName, Row::instances, MOST_BY_INSTANCES, kept);
        StringBuilder json = new StringBuilder("{\"live\":").append(live).append(",\"classes\":{");
        String separator = "";
        for (Row row : kept.values()) {
            json.append(separator).append('"').append(row.name()).append("\":[").append(row.instances()).append(',').append(row.bytes()).append(']');
            separator = ",";
        }
        return json.append("}}").toString();
    }

    private static void keepMost(Map<String, Row> rows, ToLongFunction<Row> by, int most, Map<String, Row> kept) {
        rows.values().stream()
                .sorted(Comparator.comparingLong(by).reversed())
                .limit(most)
                .forEach(row -> kept.put(row.name(), row));
    }

    private String command(String command) throws IOException {
        if (attached == null) {
            try {
                attached = (HotSpotVirtualMachine) VirtualMachine.attach(Long.toString(pid));
            } catch (AttachNotSupportedException e) {
                throw new IOException(e);
            }
        }
        try (InputStream in = attached.executeJCmd(command)) {
            // Not readAllBytes: this stream writes beyond the room that it is told to fill.
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
            }
            return out.toString(StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() throws IOException {
        if (attached != null) {
            attached.detach();
        }
    }
}
