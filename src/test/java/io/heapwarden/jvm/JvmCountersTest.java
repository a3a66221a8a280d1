package io.heapwarden.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JvmCountersTest {

    private static final long MIB = 1 << 20;

    @Test
    void whatAJvmDoesNotSayIsNullAndNotZero() throws Exception {
        JvmCounters counters = counters(PerfDataFile.littleEndian());
        assertThat(counters)
                .isEqualTo(new JvmCounters(
                        null,
                        null,
                        null,
                        Collector.Unknown,
                        new HeapSizes(null, null, null, null),
                        null,
                        new JvmCounters.Metaspace(null, null, null),
                        new JvmCounters.Classes(null, null, null, null),
                        null,
                        new GarbageCollections(null, null, null, 0),
                        new JvmCounters.Safepoints(null, null),
                        null,
                        new StartOptions(null, null, null, null),
                        false));
    }

    @ParameterizedTest
    @CsvSource({
        "GarbageFirst, G1",
        "ParScav:MSC, Parallel",
        "Copy:MSC, Serial",
        "ParNew:CMS, CMS",
        "ASParNew:CMS, CMS",
        "Balanced, Unknown"
    })
    void collectorIsToldByItsPolicy(String policy, Collector collector) throws Exception {
        assertThat(counters(PerfDataFile.littleEndian().with("sun.gc.policy.name", policy))
                        .collector())
                .isEqualTo(collector);
    }

    @Test
    void epsilonHasAHeapAndNoCollections() throws Exception {
        JvmCounters counters = counters(PerfDataFile.littleEndian()
                .with("sun.gc.generation.1.name", "Heap")
                .with("sun.gc.generation.1.maxCapacity", 64 * MIB)
                .with("sun.gc.generation.1.space.0.capacity", 64 * MIB)
                .with("sun.gc.generation.1.space.0.used", 1_196_728));
        assertThat(counters.collector()).isEqualTo(Collector.Epsilon);
        assertThat(counters.heap()).isEqualTo(new HeapSizes(1_196_728L, null, 64 * MIB, 64 * MIB));
    }

    @Test
    void zgcOfJdk11CountsNothingAndIsKnownAllTheSame() throws Exception {
        JvmCounters counters = counters(PerfDataFile.littleEndian()
                .with("sun.gc.generation.1.name", "old")
                .with("sun.gc.generation.1.maxCapacity", 64 * MIB)
                .with("sun.gc.generation.1.capacity", 64 * MIB)
                .with("sun.gc.generation.1.space.0.used", 8 * MIB));
        assertThat(counters.collector()).isEqualTo(Collector.ZGC);
        assertThat(counters.heap()).isEqualTo(new HeapSizes(null, null, 64 * MIB, 64 * MIB));
        assertThat(counters.collections()).isEqualTo(new GarbageCollections(null, null, null, 0));
    }

    @Test
    void g1PaddingIsTakenOffAndMaximaAreNotAdded() throws Exception {
        assertThat(counters(g1().with("sun.gc.collector.0.invocations", 1)).heap())
                .isEqualTo(new HeapSizes(7 * MIB, 6 * MIB, 37 * MIB, 64 * MIB));
    }

    @Test
    void nothingIsAfterACollectionBeforeTheFirstOne() throws Exception {
        assertThat(counters(g1().with("sun.gc.collector.0.invocations", 0))
                        .heap()
                        .afterGc())
                .isNull();
    }

    @Test
    void sizesCopiedInTheMiddleOfACollectionAreTorn() throws Exception {
        PerfDataFile running =
                g1().with("sun.gc.collector.0.lastEntryTime", 200).with("sun.gc.collector.0.lastExitTime", 100);
        PerfDataFile over =
                g1().with("sun.gc.collector.0.lastEntryTime", 200).with("sun.gc.collector.0.lastExitTime", 210);
        assertThat(counters(running).torn()).isTrue();
        assertThat(counters(over).torn()).isFalse();
    }

    @Test
    void olderGenerationalLayoutOfZgcHasNoHeapAfterCollection() throws Exception {
        JvmCounters counters = counters(PerfDataFile.littleEndian()
                .with("sun.gc.collector.2.name", "Z concurrent cycle pauses")
                .with("sun.gc.collector.2.invocations", 12)
                .with("sun.gc.generation.1.capacity", 64 * MIB)
                .with("sun.gc.generation.1.maxCapacity", 64 * MIB)
                .with("sun.gc.generation.1.space.0.used", 60 * MIB));
        assertThat(counters.heap()).isEqualTo(new HeapSizes(null, null, 64 * MIB, 64 * MIB));
        assertThat(counters.collections().full()).isEqualTo(4);
        assertThat(counters.collections().young()).isNull();
    }

    @Test
    void contradictionsAreRefused() {
        assertThatThrownBy(() -> counters(g1().with("sun.rt.safepoints", -1)))
                .isInstanceOf(MalformedOutputException.class)
                .hasMessage("hsperfdata counter sun.rt.safepoints is -1, which it cannot be");
        assertThatThrownBy(() -> counters(PerfDataFile.littleEndian()
                        .with("sun.gc.generation.1.name", "Heap")
                        .with("sun.gc.generation.1.maxCapacity", 64 * MIB)
                        .with("sun.gc.generation.1.space.0.used", 65 * MIB)))
                .isInstanceOf(MalformedOutputException.class)
                .hasMessageContaining("68157440 bytes used, 67108864 at most");
    }

    @Test
    void factsAreTakenFromTheArgumentsAndTheLastOneCounts() throws Exception {
        assertThat(options("-Xmx64m -XX:MaxMetaspaceSize=64m -XX:MaxMetaspaceSize=1G -XX:MaxDirectMemorySize=5k -Xrs"
                        + " -XX:+DisableAttachMechanism"))
                .isEqualTo(new StartOptions(1L << 30, 5L << 10, true, true));
        assertThat(options("-XX:+DisableAttachMechanism -XX:-DisableAttachMechanism -XX:MaxDirectMemorySize=123"))
                .isEqualTo(new StartOptions(null, 123L, false, false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "m", "-5", "1e3", "0x10", "99999999999999999999", "9999999999999t"})
    void aSizeThatIsNoneIsLeftOut(String size) throws Exception {
        assertThat(options("-XX:MaxDirectMemorySize=" + size).maxDirectMemory()).isNull();
    }

    @Test
    void argumentsThatTheJvmCutLeaveOpenWhatTheyDoNotSay() throws Exception {
        String cut = "-Xrs -Dx=" + "y".repeat(1015);
        assertThat(cut).hasSize(1024);
        assertThat(options(cut)).isEqualTo(new StartOptions(null, null, null, true));
    }

    private static StartOptions options(String arguments) throws MalformedOutputException {
        return counters(PerfDataFile.littleEndian().with("java.rt.vmArgs", arguments))
                .options();
    }

    private static PerfDataFile g1() {
        return PerfDataFile.littleEndian()
                .with("sun.gc.policy.name", "GarbageFirst")
                .with("sun.gc.generation.0.capacity", 16 * MIB + 24)
                .with("sun.gc.generation.0.maxCapacity", 64 * MIB + 24)
                .with("sun.gc.generation.0.space.0.used", MIB)
                .with("sun.gc.generation.0.space.1.used", 0)
                .with("sun.gc.generation.0.space.2.used", 2 * MIB)
                .with("sun.gc.generation.1.capacity", 21 * MIB + 8)
                .with("sun.gc.generation.1.maxCapacity", 64 * MIB + 8)
                .with("sun.gc.generation.1.space.0.used", 4 * MIB);
    }

    private static JvmCounters counters(PerfDataFile file) throws MalformedOutputException {
        return JvmCounters.from(PerfData.parse(file.bytes()));
    }
}
