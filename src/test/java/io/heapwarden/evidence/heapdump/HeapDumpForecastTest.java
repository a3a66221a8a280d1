package io.heapwarden.evidence.heapdump;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapwarden.evidence.heapdump.HeapDumpPlan.Directory;
import io.heapwarden.evidence.heapdump.HeapDumpPlan.Directory.Kind;
import io.heapwarden.evidence.heapdump.HeapDumpPlan.Jvm;
import io.heapwarden.evidence.heapdump.HeapDumpPlan.LivenessProbe;
import io.heapwarden.evidence.heapdump.HeapDumpPlan.Memory;
import io.heapwarden.jvm.Collector;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a heap dump may be taken, and what is said when it may not. */
class HeapDumpForecastTest {

    private static final long MIB = 1 << 20;
    private static final long GIB = 1 << 30;
    private static final Jvm JVM = new Jvm(true, 17, Collector.G1, 256 * MIB, 512 * MIB, false, null);
    private static final LivenessProbe LIVENESS = new LivenessProbe(Duration.ofSeconds(10), Duration.ofSeconds(1), 3);
    private static final Memory MEMORY = new Memory(GIB, 700 * MIB, 22 * MIB);
    private static final Directory DISK = new Directory(Kind.NODE_DISK, 100 * GIB, 60 * GIB, null, 0, null, 0);
    private static final HeapDumpPlan PLAN =
            new HeapDumpPlan(JVM, Duration.ofSeconds(10), List.of(LIVENESS), MEMORY, DISK);

    @Test
    void allowsWhatHarmsNobodyAndSaysWhatItTakes() {
        assertThat(HeapDumpForecast.decide(PLAN))
                .isEqualTo(new HeapDumpDecision.Allowed(
                        new HeapDumpPrediction(Duration.ofMillis(6500), 544 * MIB, 544 * MIB, 8 * MIB)));
    }

    /** Measured on two cores that did other work: the longest pause and the size, of a heap of small objects. */
    @ParameterizedTest
    @CsvSource({
        "17, G1, 319, false, 5272, 467",
        "17, Serial, 321, false, 3804, 476",
        "17, Parallel, 321, false, 4682, 475",
        "17, ZGC, 386, false, 5420, 465",
        "25, G1, 319, false, 2281, 468",
        "25, Serial, 322, false, 2708, 478",
        "25, ZGC, 386, false, 4448, 465",
        "17, G1, 1285, false, 25647, 1860",
        "17, Serial, 1299, false, 16045, 1899",
        "25, Serial, 1302, false, 7497, 1914",
        "25, ZGC, 1532, false, 6129, 1857",
        "17, G1, 1285, true, 29628, 1857",
        "17, Serial, 1299, true, 12703, 1857",
        "25, Parallel, 1288, true, 24394, 1858",
        "25, ZGC, 1532, true, 18343, 1857"
    })
    void predictsNoLessThanWasMeasured(
            int version, Collector collector, long usedMib, boolean live, long pauseMillis, long megabytes) {
        HeapDumpPrediction prediction =
                HeapDumpPrediction.of(new Jvm(true, version, collector, usedMib * MIB, usedMib * MIB, live, null));
        assertThat(prediction.pause().toMillis()).isBetween(pauseMillis, 10 * pauseMillis);
        assertThat(prediction.file()).isBetween(megabytes * 1_000_000, 3 * megabytes * 1_000_000);
    }

    @Test
    void fromJdk22OnTheFileIsThereTwiceForAMoment() {
        for (int version : new int[] {0, 22, 25}) {
            HeapDumpPrediction prediction =
                    HeapDumpPrediction.of(new Jvm(true, version, Collector.G1, GIB, GIB, false, null));
            assertThat(prediction.disk()).isEqualTo(2 * prediction.file());
        }
    }

    @ParameterizedTest
    @CsvSource({"0.5, 13000", "1, 6500", "4, 6500"})
    void aLimitOfLessThanAProcessorMakesThePauseLonger(double processors, long millis) {
        Jvm slow = new Jvm(true, 17, Collector.G1, 256 * MIB, 512 * MIB, false, processors);
        assertThat(HeapDumpPrediction.of(slow).pause()).isEqualTo(Duration.ofMillis(millis));
    }

    @Test
    void aFullCollectionCosts() {
        HeapDumpPrediction prediction =
                HeapDumpPrediction.of(new Jvm(true, 25, Collector.ZGC, GIB, 3 * GIB, true, null));
        assertThat(prediction.pause()).isEqualTo(Duration.ofMillis(25_500));
        assertThat(prediction.memory()).isEqualTo(2 * GIB + 32 * MIB + 8 * MIB);
    }

    @Test
    void aJvmThatLiesIsNotAllowedForIt() {
        Jvm liar = new Jvm(true, 25, Collector.ZGC, Long.MAX_VALUE, -1, true, null);
        HeapDumpPlan plan = new HeapDumpPlan(liar, Duration.ofDays(1_000_000), List.of(), MEMORY, DISK);
        assertThat(HeapDumpForecast.decide(plan)).isInstanceOf(HeapDumpDecision.Refused.class);
    }

    @Test
    void refusesWhereAttachIsDisabled() {
        Jvm closed = new Jvm(false, 17, Collector.G1, 256 * MIB, 512 * MIB, false, null);
        assertRefused(
                new HeapDumpPlan(closed, PLAN.maxPause(), List.of(), MEMORY, DISK),
                HeapDumpRefusal.AttachDisabled,
                "The JVM cannot be asked for a heap dump: take -XX:+DisableAttachMechanism and -Xrs out of its options");
    }

    @Test
    void refusesAPauseThatIsTooLong() {
        assertRefused(
                new HeapDumpPlan(JVM, Duration.ofSeconds(5), List.of(), MEMORY, DISK),
                HeapDumpRefusal.PauseTooLong,
                "A heap dump would stop the application for up to 6.5 s, and it may be stopped for 5.0 s: raise maxPause");
    }

    @Test
    void refusesWhatTheKubeletWouldNotWaitFor() {
        LivenessProbe tight = new LivenessProbe(Duration.ofSeconds(5), Duration.ofMillis(1500), 2);
        assertRefused(
                new HeapDumpPlan(JVM, PLAN.maxPause(), List.of(LIVENESS, tight), MEMORY, DISK),
                HeapDumpRefusal.LivenessProbe,
                "A heap dump would stop the application for up to 6.5 s, and the kubelet kills the container when it does"
                        + " not answer for 6.5 s: raise failureThreshold or timeoutSeconds of its liveness probe");
    }

    @Test
    void refusesWhereMemoryIsShort() {
        assertRefused(
                with(new Memory(GIB, GIB - 29 * MIB, 22 * MIB), DISK),
                HeapDumpRefusal.NotEnoughMemory,
                "A heap dump would take up to 30 MiB of memory, and the container has 29 MiB left under its limit: raise"
                        + " the limit");
        assertThat(HeapDumpForecast.decide(with(new Memory(GIB, GIB - 30 * MIB, 22 * MIB), DISK)))
                .isInstanceOf(HeapDumpDecision.Allowed.class);
        assertThat(HeapDumpForecast.decide(with(new Memory(null, 0, 22 * MIB), DISK)))
                .isInstanceOf(HeapDumpDecision.Allowed.class);
    }

    @Test
    void aFileInMemoryIsMemory() {
        Directory memory = new Directory(Kind.MEMORY, 8 * GIB, 8 * GIB, null, 0, MIB, 0);
        assertRefused(
                with(MEMORY, memory),
                HeapDumpRefusal.NotEnoughMemory,
                "A heap dump would take up to 574 MiB of memory, the file included, since its directory is in memory, and the"
                        + " container has 324 MiB left under its limit: raise the limit, or have the dump written to a disk");
    }

    @Test
    void refusesWhereTheDiskIsShort() {
        assertRefused(
                with(MEMORY, new Directory(Kind.NODE_DISK, 100 * GIB, 15 * GIB + 543 * MIB, null, 0, null, 0)),
                HeapDumpRefusal.DiskFull,
                "A heap dump would take up to 544 MiB of disk, and 15,903 MiB are free, of which 15,360 MiB have to stay so"
                        + " that the node does not evict pods: have it written to a larger volume");
        assertRefused(
                with(MEMORY, new Directory(Kind.VOLUME, 100 * GIB, 543 * MIB, null, 0, null, 0)),
                HeapDumpRefusal.DiskFull,
                "A heap dump would take up to 544 MiB of disk, and 543 MiB are free: have it written to a larger volume");
    }

    @Test
    void refusesWhatWouldHaveThePodEvicted() {
        assertRefused(
                with(MEMORY, new Directory(Kind.NODE_DISK, 100 * GIB, 60 * GIB, null, 0, GIB, 481 * MIB)),
                HeapDumpRefusal.EphemeralStorage,
                "A heap dump would take up to 544 MiB of disk, and the pod is evicted when the container takes more than"
                        + " another 543 MiB: raise its limit of ephemeral-storage, or have the dump written to a volume");
        assertRefused(
                with(MEMORY, new Directory(Kind.NODE_DISK, 100 * GIB, 60 * GIB, GIB, 481 * MIB, null, 0)),
                HeapDumpRefusal.VolumeSizeLimit,
                "A heap dump would take up to 544 MiB of the emptyDir, and the pod is evicted when more than another 543 MiB"
                        + " are in it: raise its sizeLimit");
    }

    private static HeapDumpPlan with(Memory memory, Directory directory) {
        return new HeapDumpPlan(JVM, PLAN.maxPause(), List.of(LIVENESS), memory, directory);
    }

    private static void assertRefused(HeapDumpPlan plan, HeapDumpRefusal reason, String sentence) {
        assertThat(HeapDumpForecast.decide(plan)).isInstanceOfSatisfying(HeapDumpDecision.Refused.class, refused -> {
            assertThat(refused.sentence()).isEqualTo(sentence);
            assertThat(refused.reason()).isEqualTo(reason);
        });
    }
}
