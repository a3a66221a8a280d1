package io.heapwarden.evidence.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapwarden.evidence.chain.ChainQuestion.FlightRecorder;
import io.heapwarden.evidence.chain.CollectionOutcome.Done;
import io.heapwarden.probe.JavaHomes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Programs that leak in seven ways, in real JVMs with each collector that is asked: the chain ends where the program holds on. */
@Timeout(240)
class HoldersLiveTest {

    private static final Duration RECORDING = Duration.ofSeconds(14);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    @TempDir
    static Path directory;

    private static final Map<String, Future<Recorded>> RECORDED = new LinkedHashMap<>();
    private static final ExecutorService TWO_AT_A_TIME = Executors.newFixedThreadPool(2);

    /** What came of one JVM. */
    private record Recorded(
            List<OldObjectSample> samples,
            List<Long> searches,
            List<String> left,
            FlightRecorder recorder,
            boolean alive) {}

    @BeforeAll
    static void record() throws Exception {
        Path classes = Files.createDirectories(directory.resolve("classes"));
        HoldingJvm.compile(classes);
        for (Path home : JavaHomes.all().toList()) {
            for (String collector : List.of("G1", "Parallel", "Serial")) {
                String name = JavaHomes.featureVersion(home) + " " + collector;
                RECORDED.put(name, TWO_AT_A_TIME.submit(() -> recorded(home, classes, collector, name)));
            }
        }
    }

    private static Recorded recorded(Path home, Path classes, String collector, String name) throws Exception {
        Path own = Files.createDirectories(directory.resolve(name.replace(' ', '-')));
        try (HoldingJvm jvm = HoldingJvm.start(home, classes, own, "-XX:+Use" + collector + "GC", "-Xmn24m")) {
            ChainCollector chains = new ChainCollector(jvm.commands(), jvm.file());
            CollectionOutcome<FlightRecorder> started =
                    chains.start(ChainForecast.LONGEST_CUTOFF, Duration.ofMinutes(5));
            assertThat(started).isEqualTo(new Done<>(FlightRecorder.Ours));
            Thread.sleep(RECORDING.toMillis());
            // A process that comes after one that died finds the recording and can end it.
            CollectionOutcome<List<OldObjectSample>> harvest = new ChainCollector(jvm.commands(), jvm.file()).harvest();
            assertThat(harvest).isInstanceOf(Done.class);
            assertThat(chains.recorder()).isInstanceOf(Done.class);
            return new Recorded(
                    ((Done<List<OldObjectSample>>) harvest).value(),
                    jvm.searches(),
                    jvm.leftBehind(),
                    ((Done<FlightRecorder>) chains.recorder()).value(),
                    jvm.alive());
        }
    }

    @AfterAll
    static void end() {
        TWO_AT_A_TIME.shutdownNow();
    }

    static Stream<String> jvms() {
        return JavaHomes.all().map(JavaHomes::featureVersion).flatMap(version -> Stream.of("G1", "Parallel", "Serial")
                .map(collector -> version + " " + collector));
    }

    @ParameterizedTest
    @MethodSource("jvms")
    void namesWhatHolds(String jvm) throws Exception {
        Recorded recorded = RECORDED.get(jvm).get();
        assertThat(recorded.alive()).isTrue();
        assertThat(recorded.left()).isEmpty();
        assertThat(recorded.recorder()).isEqualTo(FlightRecorder.Idle);
        assertThat(recorded.searches().stream().mapToLong(Long::longValue).sum())
                .isBetween(1L, LONGEST_PAUSE.toNanos());

        holds(
                recorded,
                "Holding$Quote",
                RootKind.StaticField,
                HolderKind.Cache,
                "static Holding\\.INSTANCE → cache → quotes \\(HashMap, [0-9,]+ entries\\) → (Quote\\.body|Quote)");
        holds(
                recorded,
                "Holding$Session",
                RootKind.ThreadLocal,
                HolderKind.ThreadLocal,
                "a thread-local of the thread \"pool-N-thread-N\" → ArrayList \\([0-9,]+ entries\\) → (Session\\.attributes|Session)");
        holds(
                recorded,
                "Holding$Row",
                RootKind.ThreadStack,
                HolderKind.Collection,
                "the stack of the thread \"importer-N\" → ArrayList \\([0-9,]+ entries\\) → (Row\\.cells|Row)");
        holds(
                recorded,
                "Holding$View",
                RootKind.StaticField,
                HolderKind.Listener,
                "static Holding\\.FEED → listeners \\(ArrayList, [0-9,]+ entries\\) → .*(View\\.state|state|View)");
        holds(
                recorded,
                "Holding$Job",
                RootKind.StaticField,
                HolderKind.Queue,
                "static Holding\\.JOBS \\(LinkedBlockingQueue.*\\) → (Job\\.input|Job)");
        holds(
                recorded,
                "Holding$Tariff",
                RootKind.StaticField,
                HolderKind.Cache,
                "static Holding\\.TARIFFS → tariffCache \\(ConcurrentHashMap, table of [0-9,]+ slots\\) → (Tariff\\.table|Tariff)");
        holds(
                recorded,
                "Holding$PluginLoader",
                RootKind.StaticField,
                HolderKind.ClassLoader,
                "static Holding\\.PLUGINS \\(ArrayList, [0-9,]+ entries\\) → .*");
    }

    private static void holds(Recorded recorded, String culprit, RootKind root, HolderKind holder, String line) {
        HoldingChains chains = new ChainChooser(List.of(culprit), Map.of()).choose(recorded.samples(), 3);
        assertThat(chains.best()).as(culprit).isNotNull();
        assertThat(chains.best().line()).matches(line);
        assertThat(chains.best().root().kind()).as(chains.best().line()).isEqualTo(root);
        assertThat(chains.best().holder().kind()).as(chains.best().line()).isEqualTo(holder);
    }
}
