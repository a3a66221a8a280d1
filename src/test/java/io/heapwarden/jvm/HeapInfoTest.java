package io.heapwarden.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Formats of JDKs that no recording is there of. */
class HeapInfoTest {

    private static final long KIB = 1024;
    private static final long MIB = 1024 * KIB;

    @Test
    void jdk8G1PrintsThreeAddresses() throws Exception {
        HeapInfo info = HeapInfo.parse(
                """
                 garbage-first heap   total 67584K, used 5094K [0x00000000f8000000, 0x00000000f8100210, 0x0000000100000000)
                  region size 1024K, 2 young (2048K), 1 survivors (1024K)
                 Metaspace       used 2674K, capacity 4486K, committed 4864K, reserved 1056768K
                  class space    used 288K, capacity 386K, committed 512K, reserved 1048576K
                """);
        assertThat(info)
                .isEqualTo(new HeapInfo(Collector.G1, 5094 * KIB, 67584 * KIB, 128 * MIB, 2674 * KIB, 4864 * KIB));
    }

    @Test
    void jdk8ConcurrentMarkSweep() throws Exception {
        HeapInfo info = HeapInfo.parse(
                """
                 par new generation   total 19648K, used 2450K [0x00000000fc000000, 0x00000000fd550000, 0x00000000fd550000)
                  eden space 17472K,  14% used [0x00000000fc000000, 0x00000000fc264b68, 0x00000000fd110000)
                 concurrent mark-sweep generation total 43712K, used 100K [0x00000000fd550000, 0x0000000100000000, 0x0000000100000000)
                 Metaspace       used 2674K, capacity 4486K, committed 4864K, reserved 1056768K
                """);
        assertThat(info.collector()).isEqualTo(Collector.CMS);
        assertThat(info.used()).isEqualTo(2550 * KIB);
        assertThat(info.max()).isEqualTo(64 * MIB);
    }

    @Test
    void aHeapThatHasNotGrownToItsMaximum() throws Exception {
        HeapInfo info = HeapInfo.parse(
                """
                 PSYoungGen      total 18944K, used 1966K [0x00000000fd000000, 0x00000000fe000000, 0x0000000100000000)
                 ParOldGen       total 32768K, used 10K [0x00000000f8000000, 0x00000000fa000000, 0x00000000fd000000)
                """);
        assertThat(info).isEqualTo(new HeapInfo(Collector.Parallel, 1976 * KIB, 48 * MIB, 128 * MIB, null, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Shenandoah Heap\n 200M max, 200M soft max, 65536K committed, 11264K used\n",
                "Shenandoah Heap\n 204800K total, 65536K committed, 11264K used\n"
            })
    void shenandoahChangesUnits(String text) throws Exception {
        assertThat(HeapInfo.parse(text))
                .isEqualTo(new HeapInfo(Collector.Shenandoah, 11 * MIB, 64 * MIB, 200 * MIB, null, null));
    }

    @Test
    void epsilon() throws Exception {
        HeapInfo info = HeapInfo.parse(
                """
                28354:
                Epsilon Heap
                Allocation space:
                 space 65536K,   1% used [0x00000000fc000000, 0x00000000fc0c8670, 0x0000000100000000)
                """);
        assertThat(info).isEqualTo(new HeapInfo(Collector.Epsilon, 0xc8670, null, 64 * MIB, null, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1234:\njava.lang.IllegalArgumentException: Unknown diagnostic command\n",
                " ZHeap           used 80M, capacity 64M, max capacity 64M\n",
                " ZHeap           used 999999999999999T, capacity 64M, max capacity 64M\n",
                " garbage-first heap   total 67584K, used 5094K [0x0000000100000000, 0x00000000f8000000)\n",
                " def new generation   total 19648K, used 1038K [0x00000000fc000000, 0x00000000fd550000, 0x00000000fd550000)\n",
            })
    void whatIsNoHeapSummaryIsRefused(String text) {
        assertThatThrownBy(() -> HeapInfo.parse(text))
                .isInstanceOf(MalformedOutputException.class)
                .hasMessageMatching("(?s)(heap summary|output is not a heap summary).*");
    }

    @Test
    void endlessTextIsRefusedBeforeItIsRead() {
        assertThatThrownBy(() -> HeapInfo.parse(" ".repeat(HeapInfo.MAX_CHARACTERS + 1)))
                .isInstanceOf(MalformedOutputException.class)
                .hasMessageContaining("at most 16384");
    }
}
