package io.heapwarden.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heapwarden.jvm.NativeMemory.NotTracked;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiagnosticAnswersTest {

    @Test
    void anAccountThatIsNotKeptIsNoError() throws Exception {
        assertThat(NativeMemory.parse(bytes("4711:\nNative memory tracking is not enabled\n")))
                .isEqualTo(new NotTracked());
        assertThat(NativeMemory.parse(bytes("Native memory tracking has been shutdown.\n")))
                .isEqualTo(new NotTracked());
    }

    @Test
    void anAccountThatDoesNotAddUpIsRefused() {
        assertThatThrownBy(() -> NativeMemory.parse(
                        bytes("Total: reserved=9000KB, committed=9000KB\n-   Class (reserved=10KB, committed=10KB)\n")))
                .isInstanceOf(MalformedOutputException.class)
                .hasMessageContaining("categories of 10240 bytes reserved");
    }

    @Test
    void aQueueMayBeEmpty() throws Exception {
        assertThat(FinalizerQueue.parse(bytes("4711:\nNo instances waiting for finalization found\n")))
                .isEqualTo(new FinalizerQueue(List.of(), 0));
    }

    @Test
    void loadersThatDoNotAddUpAreRefused() throws Exception {
        String table =
                """
                ClassLoader         Parent              CLD*               Classes   ChunkSz   BlockSz  Type
                0x0000000000000000  0x0000000000000000  0x00007fe858001e60      10      4096      3000  <boot class loader>
                                                                         2      1000       800   + hidden classes
                Total = 1                                                       12      5096      3800
                """;
        assertThat(ClassLoaderStatistics.parse(bytes(table)).loaders())
                .containsExactly(new ClassLoaderStatistics.Loaders("<boot class loader>", 1, 10, 2, 5096, 3800));
        assertThatThrownBy(() -> ClassLoaderStatistics.parse(bytes(table.replace(" 3800", " 3801"))))
                .isInstanceOf(MalformedOutputException.class)
                .hasMessageStartingWith("class loader table has rows that do not add up to its total, in line 4");
    }

    @Test
    void aTableThatContradictsItselfIsRefused() {
        assertThatThrownBy(
                        () -> StringTable.parse(
                                bytes(
                                        """
                        StringTable statistics:
                        Number of buckets       :     65536 =    524288 bytes, each 8
                        Number of entries       :        64 =      1024 bytes, each 16
                        Number of literals      :        65 =      4008 bytes, avg  62.000
                        Total footprint         :           =    529320 bytes
                        Maximum bucket size     :         1
                        """)))
                .isInstanceOf(MalformedOutputException.class)
                .hasMessageStartingWith("string table contradicts itself: 64 entries, 65 literals");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
