import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Records the traces of the corpus that are not there yet, several at a time. Arguments: the directory of the programs, that of the traces, that of
 * the compiled programs, how many at a time, and optionally a regular
 * expression for the beginning of the names of the traces to record.
 */
final class Corpus {

    private Corpus() {}

    public static void main(String[] args) throws Exception {
        List<Program> programs = programs(Path.of(args[0]));
        Traces traces = new Traces(Path.of(args[1]));
        Path classes = Path.of(args[2]);
        Pattern only = Pattern.compile(args.length > 4 ? args[4] : "");
        traces.writeIndex(programs);
        AtomicInteger failures = new AtomicInteger();
        try (ExecutorService recorders = Executors.newFixedThreadPool(Integer.parseInt(args[3]))) {
            for (Task task : tasks(programs)) {
                if (!traces.has(task.run()) && only.matcher(task.run().trace()).lookingAt()) {
                    recorders.submit(() -> record(task, classes, traces, programs, failures));
                }
            }
            recorders.shutdown();
            recorders.awaitTermination(1, TimeUnit.DAYS);
        }
        System.exit(failures.get() == 0 ? 0 : 1);
    }

    private record Task(Program program, Run run, int nth) {}

    /** The first run of every program comes before the second of any. */
    private static List<Task> tasks(List<Program> programs) {
        List<Task> tasks = new ArrayList<>();
        for (Program program : programs) {
            for (int i = 0; i < program.runs().size(); i++) {
                tasks.add(new Task(program, program.runs().get(i), i));
            }
        }
        tasks.sort(Comparator.comparingInt(Task::nth));
        return tasks;
    }

    private static void record(Task task, Path classes, Traces traces, List<Program> programs, AtomicInteger failures) {
        String name = task.run().trace();
        try {
            Recording recording = new Recording(task.program(), task.run(), classes, classes.resolveSibling("logs"));
            recording.make();
            String what = traces.write(task.program(), task.run(), recording);
            traces.writeIndex(programs);
            System.out.println(name + ": " + what);
        } catch (IOException | InterruptedException | RuntimeException e) {
            failures.incrementAndGet();
            System.out.println(name + ": FAILED: " + e.getMessage());
        }
    }

    private static List<Program> programs(Path directory) throws IOException {
        List<Path> sources;
        try (Stream<Path> files = Files.walk(directory)) {
            sources = files.filter(file -> file.toString().endsWith(".java") && !file.toString().contains("support"))
                    .sorted(Comparator.comparing(file -> file.getFileName().toString()))
                    .toList();
        }
        List<Program> programs = new ArrayList<>();
        for (Path source : sources) {
            programs.add(Program.read(source));
        }
        return programs;
    }
}
