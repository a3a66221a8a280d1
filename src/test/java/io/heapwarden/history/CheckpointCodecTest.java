package io.heapwarden.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.heapwarden.growth.Assessment;
import io.heapwarden.growth.Life;
import io.heapwarden.growth.RisingFloorDetector;
import io.heapwarden.growth.Sample;
import io.heapwarden.growth.Signal;
import io.heapwarden.growth.State;
import io.heapwarden.growth.Verdict;
import io.heapwarden.jvm.ClassHistogram.Entry;
import io.heapwarden.objective.GrowthObjective;
import io.heapwarden.objective.ObjectiveTracker;
import io.heapwarden.objective.Samples;
import io.heapwarden.objective.SpentTime;
import io.heapwarden.workload.Ending;
import io.heapwarden.workload.LifeRecorder;
import io.heapwarden.workload.LifeSummary;
import io.heapwarden.workload.LifeSummary.Floors;
import io.heapwarden.workload.WorkloadMemory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointCodecTest {

    private static final Instant START = Instant.parse("2026-11-23T08:00:00Z");
    private static final Duration INTERVAL = Duration.ofMinutes(1);
    private static final Life LIFE = new Life(START, INTERVAL, 256L << 20, 512L << 20, null, null, null, null);
    private static final int SAMPLES = 200;
    private static final int CLASSES = 300;

    /** A report must stay small beside its pod; this one holds all a detector ever keeps. */
    private static final int LARGEST_TEXT = 64 * 1024;

    private static final String REAL = CheckpointCodec.encode(leakingLife());

    @Test
    void givesBackWhatWasWritten() throws MalformedCheckpointException {
        ContainerCheckpoint checkpoint = leakingLife();
        assertThat(checkpoint.detector().samples()).isEqualTo(SAMPLES);
        assertThat(checkpoint.detector().classes().classes()).isNotEmpty();

        assertThat(CheckpointCodec.decode(CheckpointCodec.encode(checkpoint))).isEqualTo(checkpoint);
    }

    @Test
    void aDetectorGoesOnFromTheText() throws MalformedCheckpointException {
        RisingFloorDetector original = detector(SAMPLES);
        RisingFloorDetector restored =
                RisingFloorDetector.restore(LIFE, CheckpointCodec.decode(REAL).detector());

        for (int i = SAMPLES; i < SAMPLES + 20; i++) {
            assertThat(restored.observe(sample(i))).isEqualTo(original.observe(sample(i)));
        }
    }

    @Test
    void aFullCheckpointIsSmall() {
        assertThat(REAL.length())
                .as("characters of a checkpoint of %d samples with %d classes each", SAMPLES, CLASSES)
                .isLessThan(LARGEST_TEXT);
    }

    @Test
    void aWorkloadThatHasSeenAllItCanIsSmallAndComesBack() throws MalformedCheckpointException {
        WorkloadMemory memory = WorkloadMemory.NONE;
        Random random = new Random(7);
        for (int i = 0; i < 3 * 8; i++) {
            memory = memory.remember(fullLife(i, random));
        }
        SpentTime spent = new SpentTime(GrowthObjective.NO_LEAK);
        ObjectiveTracker tracker = new ObjectiveTracker(GrowthObjective.NO_LEAK, Duration.ofHours(1));
        for (int i = 0; i < 30 * 24; i++) {
            tracker.observe(Samples.heap(START.plus(Duration.ofHours(i)), 1), judged(random));
        }
        spent.add(tracker.checkpoint());
        WorkloadCheckpoint checkpoint = new WorkloadCheckpoint(memory, List.of(spent.checkpoint()));

        String text = CheckpointCodec.encode(checkpoint);

        assertThat(CheckpointCodec.decodeWorkload(text)).isEqualTo(checkpoint);
        assertThat(text.length()).isLessThan(6_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "3", "3:", ":", "3:!!", "3:AAAA", "3:H4sIAAAAAAAA", "hello", "{}"})
    void garbledTextIsRefused(String text) {
        assertThatExceptionOfType(MalformedCheckpointException.class)
                .isThrownBy(() -> CheckpointCodec.decode(text))
                .withMessageStartingWith("checkpoint ");
    }

    @Test
    void aNewerVersionIsRefusedAndNamed() {
        assertThatExceptionOfType(MalformedCheckpointException.class)
                .isThrownBy(() -> CheckpointCodec.decode("4" + REAL.substring(1)))
                .withMessage("checkpoint version is 4, this program reads 3");
    }

    @Test
    void aTextThatIsCutOffIsRefusedWhereverItIsCut() {
        for (int length = 0; length < REAL.length(); length += 97) {
            String cut = REAL.substring(0, length);
            assertThatExceptionOfType(MalformedCheckpointException.class)
                    .as("cut after %d", length)
                    .isThrownBy(() -> CheckpointCodec.decode(cut));
        }
    }

    @Test
    void aDamagedTextIsRefusedAndNeverAnythingElseThrown() {
        Random random = new Random(3);
        for (int i = 0; i < 300; i++) {
            char[] text = REAL.toCharArray();
            text[2 + random.nextInt(text.length - 2)] = (char) ('!' + random.nextInt(90));
            decodesOrIsRefused(new String(text));
        }
    }

    @Test
    void jsonOfAnotherShapeIsRefusedAndNeverAnythingElseThrown() throws IOException {
        List<String> hostile = List.of(
                "null",
                "[]",
                "7",
                "\"text\"",
                "{}",
                "{\"containerId\":null,\"jvmStartedAt\":null,\"detector\":null,\"objectives\":[]}",
                "{\"containerId\":\"a\",\"jvmStartedAt\":0,\"detector\":null,\"objectives\":[null]}",
                "{\"containerId\":\"a\",\"jvmStartedAt\":0,\"detector\":{},\"objectives\":[]}",
                "{\"containerId\":null,\"jvmStartedAt\":0,\"detector\":null,\"objectives\":[]}",
                "[".repeat(100_000),
                "{\"containerId\":\"a\"} trailing");
        for (String json : hostile) {
            String text = pack(json.getBytes(StandardCharsets.UTF_8));
            assertThatExceptionOfType(MalformedCheckpointException.class)
                    .as(json.substring(0, Math.min(60, json.length())))
                    .isThrownBy(() -> CheckpointCodec.decode(text));
        }
    }

    @Test
    void aZipBombIsNotUnpacked() throws IOException {
        String bomb = pack(new byte[64 << 20]);
        assertThat(bomb.length()).isLessThan(200_000);

        assertThatExceptionOfType(MalformedCheckpointException.class)
                .isThrownBy(() -> CheckpointCodec.decode(bomb))
                .withMessageContaining("unpacks to more than " + CheckpointCodec.LARGEST);
    }

    private static Assessment judged(Random random) {
        State state = random.nextInt(20) == 0 ? State.Leaking : State.Healthy;
        return new Assessment(state, Verdict.Unknown, 0.5, List.of(), List.of(), null, Map.of(), false);
    }

    /** A life of 22 days with every signal, of one of three revisions, with noise in every figure. */
    private static LifeSummary fullLife(int number, Random random) {
        Map<Signal, Floors> signals = new EnumMap<>(Signal.class);
        for (Signal signal : List.of(
                Signal.HeapAfterGC,
                Signal.Metaspace,
                Signal.Classes,
                Signal.Threads,
                Signal.DirectBuffers,
                Signal.ContainerAnon)) {
            Map<Integer, Double> growth = new TreeMap<>();
            for (int age = 0; age < 16; age++) {
                growth.put(age, 1e6 * random.nextDouble() * age);
            }
            signals.put(signal, new Floors(2e8 * random.nextDouble(), Duration.ofDays(20), null, growth));
        }
        return new LifeSummary(
                "life-" + number,
                "revision-" + number / 8,
                START.plus(Duration.ofDays(number)),
                START.plus(Duration.ofDays(number + 22)),
                INTERVAL,
                Ending.Stopped,
                State.Healthy,
                null,
                null,
                signals);
    }

    private static void decodesOrIsRefused(String text) {
        try {
            CheckpointCodec.decode(text);
        } catch (MalformedCheckpointException refused) {
            assertThat(refused).hasMessageStartingWith("checkpoint ");
        }
    }

    private static String pack(byte[] content) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(content);
        }
        return "3:" + Base64.getEncoder().encodeToString(packed.toByteArray());
    }

    private static ContainerCheckpoint leakingLife() {
        RisingFloorDetector detector = new RisingFloorDetector(LIFE);
        ObjectiveTracker tracker = new ObjectiveTracker(GrowthObjective.NO_LEAK, INTERVAL);
        LifeRecorder recorder = new LifeRecorder("containerd://1", "6c9", LIFE);
        for (int i = 0; i < SAMPLES; i++) {
            Assessment assessment = detector.observe(sample(i));
            tracker.observe(sample(i), assessment);
            recorder.observe(sample(i).at(), assessment);
        }
        return new ContainerCheckpoint(
                "containerd://" + "8f3a".repeat(16),
                START,
                detector.checkpoint(),
                List.of(tracker.checkpoint()),
                recorder.checkpoint());
    }

    private static RisingFloorDetector detector(int samples) {
        RisingFloorDetector detector = new RisingFloorDetector(LIFE);
        for (int i = 0; i < samples; i++) {
            detector.observe(sample(i));
        }
        return detector;
    }

    /** A leak of 400 KiB a minute under noise, and as many classes as a small service has in its histogram's head. */
    private static Sample sample(int number) {
        Random random = new Random(number);
        long heap = (40L << 20) + number * (400L << 10) + random.nextInt(1 << 20);
        return Samples.heap(START.plus(INTERVAL.multipliedBy(number + 1)), heap)
                .with(Samples.histogram(IntStream.range(0, CLASSES)
                        .mapToObj(i -> new Entry(
                                "com.shop.module" + i % 17 + ".service.internal.SomethingThatIsKept" + i,
                                1_000L + random.nextInt(500) + (i < 30 ? 200L * number : 0),
                                48_000L + random.nextInt(24_000) + (i < 30 ? 9_600L * number : 0)))
                        .toList()));
    }
}
