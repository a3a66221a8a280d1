package io.heapwarden.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.heapwarden.probe.JavaHomes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * What "after collection" means, on every JDK of this machine and with every collector it has: the counters against the JVM's own GC log,
 * after young, mixed or concurrent, and full collections that the test drives. docs/jvm-counters.md states what is shown here.
 */
class AfterGcTest {

    private static final long KIBIBYTE = 1024;
    private static final long MEBIBYTE = 1 << 20;

    /** The log rounds each generation down to a KiB, and G1 pads each space by 8 bytes up to some version. */
    private static final long ROUNDING = 3 * KIBIBYTE;

    /** ZGC's log counts whole MiB and rounds. */
    private static final long Z_ROUNDING = MEBIBYTE;

    /** A diagnostic command allocates in the JVM that it is sent to: names of threads, what it answers, on G1 a region of its own. */
    private static final long OF_THE_COMMAND = 2 * MEBIBYTE;

    private static final double INTERRUPTED_SECONDS = 0.005;

    private static final int KEPT_MIB = 10;
    private static final int FRESH_MIB = 6;

    @TempDir
    Path work;

    @TestFactory
    Stream<DynamicContainer> everyJdkAndCollector() throws Exception {
        DrivenJvm.compile(work);
        List<DynamicContainer> jdks = new ArrayList<>();
        for (Path jdk : JavaHomes.withOldOnes().toList()) {
            List<DynamicTest> tests = new ArrayList<>();
            for (CollectorMode mode : CollectorMode.values()) {
                if (mode.isIn(jdk)) {
                    tests.add(DynamicTest.dynamicTest(mode.name(), () -> check(jdk, mode)));
                }
            }
            assertThat(tests).as("collectors of " + jdk).hasSizeGreaterThanOrEqualTo(3);
            jdks.add(DynamicContainer.dynamicContainer("JDK " + JavaHomes.featureVersion(jdk), tests));
        }
        return jdks.stream();
    }

    private void check(Path jdk, CollectorMode mode) throws Exception {
        Path directory = Files.createTempDirectory(work, "jvm");
        DrivenJvm.compile(directory);
        try (DrivenJvm jvm = DrivenJvm.start(jdk, directory, mode.options())) {
            assertThat(jvm.counters().collector()).isEqualTo(mode.collector());
            if (jvm.counters().collections().activity() == 0) {
                assertThat(jvm.counters().heap().afterGc())
                        .as("before the first collection")
                        .isNull();
            }
            switch (mode.collector()) {
                case G1, Serial, Parallel, CMS -> exact(jvm, mode);
                case ZGC -> zgc(jvm, mode);
                case Shenandoah -> shenandoah(jvm);
                case Epsilon -> epsilon(jvm);
                case Unknown -> throw new AssertionError(mode);
            }
        }
    }

    /** The collectors that stop the program for each collection of its heap: the figure is that of the log, to the kilobyte. */
    private static void exact(DrivenJvm jvm, CollectorMode mode) throws Exception {
        jvm.does("keep " + KEPT_MIB);
        jvm.doesUntil("garbage 8", log -> log.count(mode.young()) >= 3);
        agreesWithTheLog(jvm, mode, "after young collections");
        whatIsInUseNow(jvm);

        jvm.does("gc");
        agreesWithTheLog(jvm, mode, "after a full collection");
        assertThat(jvm.counters().heap().afterGc()).isGreaterThan(KEPT_MIB * MEBIBYTE);

        jvm.does("keep " + KEPT_MIB);
        jvm.does("drop");
        if (mode.concurrent() != null) {
            jvm.doesUntil("garbage 4", log -> log.count(mode.concurrent()) >= 2);
            agreesWithTheLog(jvm, mode, "after mixed or concurrent collections");
        }
        jvm.does("gc");
        agreesWithTheLog(jvm, mode, "after the last full collection");
        // Half of what was kept was dropped, and only a full collection is sure to have given all of it back.
        assertThat(jvm.counters().heap().afterGc()).isBetween(KEPT_MIB * MEBIBYTE * 9 / 10, KEPT_MIB * MEBIBYTE * 2);
        whatIsInUseNow(jvm);
    }

    private static void agreesWithTheLog(DrivenJvm jvm, CollectorMode mode, String when) throws Exception {
        JvmCounters counters = jvm.counters();
        GcLog log = jvm.log();
        HeapInfo logged = log.heapAfterLast();
        assertThat(counters.torn()).isFalse();
        if (log.hasGivenBackSince()) {
            // The counters know it already, the log does not print it to the kilobyte. What is kept is there in any
            // case.
            assertThat(counters.heap().afterGc())
                    .as(when)
                    .isBetween(KEPT_MIB * MEBIBYTE * 9 / 10, logged.used() + ROUNDING);
        } else {
            assertThat(counters.heap().afterGc()).as(when).isCloseTo(logged.used(), within(ROUNDING));
        }
        assertThat(counters.heap().max()).as(when).isEqualTo(logged.max());
        assertThat(counters.collections().young()).as("young " + when).isEqualTo(log.count(mode.young()));
        assertThat(counters.collections().full())
                .as("full " + when)
                .isBetween(log.count(mode.full()), mode.mostFull(log));
        timeAgrees(counters, log, 0.1);
    }

    /** The JVM takes both times around almost the same work; what comes between the two clocks may be any other process of the machine. */
    private static void timeAgrees(JvmCounters counters, GcLog log, double share) {
        double logged = log.pauseSeconds();
        assertThat(counters.collections().pauseSeconds())
                .as("seconds of pauses")
                .isCloseTo(logged, within(logged * share + INTERRUPTED_SECONDS));
    }

    /** Where eden's counter is kept up, it is what the JVM says on demand; where it is not, nothing is said rather than what was once true. */
    private static void whatIsInUseNow(DrivenJvm jvm) throws Exception {
        long before = jvm.counters().collections().activity();
        long afterGc = Objects.requireNonNull(jvm.counters().heap().afterGc());
        jvm.does("keep 2");
        HeapInfo now = jvm.heapInfo();
        JvmCounters counters = jvm.counters();
        Long used = counters.heap().used();
        if (used != null) {
            assertThat(used).as("in use now").isCloseTo(now.used(), within(OF_THE_COMMAND));
        } else if (counters.collections().activity() == before) {
            assertThat(now.used()).as("has grown unseen").isGreaterThan(afterGc + MEBIBYTE);
            assertThat(counters.heap().afterGc()).isEqualTo(afterGc);
        }
    }

    private static void zgc(DrivenJvm jvm, CollectorMode mode) throws Exception {
        jvm.does("keep " + KEPT_MIB);
        jvm.doesUntil("garbage 16", log -> log.count(mode.young()) >= 2);
        zgcCounters(jvm, mode);
        jvm.does("gc");
        zgcBound(jvm, mode);
        jvm.does("keep " + KEPT_MIB);
        jvm.does("drop");
        jvm.does("garbage 30");
        jvm.does("gc");
        zgcBound(jvm, mode);
        jvm.does("keep " + FRESH_MIB);
        assertThat(jvm.counters().heap().used()).as("in use now").isNull();
    }

    /** To be called where nothing was allocated during the collection: counter and log are written one after the other. */
    private static void zgcBound(DrivenJvm jvm, CollectorMode mode) throws Exception {
        zgcCounters(jvm, mode);
        Long afterGc = jvm.counters().heap().afterGc();
        if (afterGc != null) {
            assertThat(afterGc)
                    .isCloseTo(jvm.log().usedAtRelocateStart(), within(Z_ROUNDING))
                    .isGreaterThanOrEqualTo(jvm.log().collectedTo() - Z_ROUNDING);
        }
    }

    private static void zgcCounters(DrivenJvm jvm, CollectorMode mode) throws Exception {
        JvmCounters counters = jvm.counters();
        GcLog log = jvm.log();
        Long afterGc = counters.heap().afterGc();
        assertThat(counters.heap().used()).as("in use now").isNull();
        if (counters.collections().pauseSeconds() != null) {
            timeAgrees(counters, log, 0.5);
        }
        long full = log.count(mode.full());
        if (mode == CollectorMode.Z) {
            // The counter is written before the pages are given back: 50 MiB and more where the log says 14.
            assertThat(afterGc).isNull();
            assertThat(counters.collections().young()).isNull();
            if (counters.collections().full() != null) {
                assertThat(counters.collections().full()).isBetween(full, mode.mostFull(log));
            }
            return;
        }
        assertThat(afterGc).isBetween(KEPT_MIB * MEBIBYTE, DrivenJvm.MAX_HEAP_MIB * MEBIBYTE);
        assertThat(counters.collections().full()).isBetween(full, mode.mostFull(log));
        long young = log.count(mode.young());
        assertThat(counters.collections().young()).isBetween(young, young + 1);
    }

    private static void shenandoah(DrivenJvm jvm) throws Exception {
        jvm.does("keep " + KEPT_MIB);
        jvm.does("garbage 100");
        jvm.does("gc");
        JvmCounters counters = jvm.counters();
        assertThat(counters.heap().afterGc()).isNull();
        assertThat(counters.collections().young()).isNull();
        assertThat(counters.collections().full()).isNull();
        assertThat(counters.collections().pauseSeconds()).isNull();
        long before = Objects.requireNonNull(counters.heap().used());
        jvm.does("keep " + FRESH_MIB);
        long used = Objects.requireNonNull(jvm.counters().heap().used());
        assertThat(used)
                .isGreaterThanOrEqualTo(before + (FRESH_MIB - 2) * MEBIBYTE)
                .isCloseTo(jvm.heapInfo().used(), within(OF_THE_COMMAND));
    }

    private static void epsilon(DrivenJvm jvm) throws Exception {
        jvm.does("keep " + KEPT_MIB);
        jvm.does("gc");
        JvmCounters counters = jvm.counters();
        assertThat(counters.heap().afterGc()).isNull();
        assertThat(counters.collections().activity()).isZero();
        assertThat(counters.heap().used())
                .isGreaterThan(KEPT_MIB * MEBIBYTE)
                .isCloseTo(jvm.heapInfo().used(), within(OF_THE_COMMAND));
    }
}
