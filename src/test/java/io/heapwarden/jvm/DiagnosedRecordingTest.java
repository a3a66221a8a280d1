package io.heapwarden.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Reads what JVMs of JDK 8, 11, 17, 21 and 25 said of a program whose troubles are known. */
class DiagnosedRecordingTest {

    private static final long MAX_HEAP = 64 << 20;

    static Stream<DiagnosedRecording> recordings() throws IOException {
        return DiagnosedRecording.all();
    }

    @Test
    void thereAreRecordings() throws IOException {
        assertThat(recordings().map(DiagnosedRecording::featureVersion).toList())
                .containsAll(List.of(8, 11, 17, 21, 25));
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void readsThreads(DiagnosedRecording recording) throws Exception {
        DiagnosedProgram.check(
                ThreadDump.parse(recording.bytes("thread_print.txt.gz")), recording.featureVersion(), false);
        DiagnosedProgram.check(
                ThreadDump.parse(recording.bytes("thread_print_l.txt.gz")), recording.featureVersion(), true);
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void readsClassLoaders(DiagnosedRecording recording) throws Exception {
        DiagnosedProgram.check(ClassLoaderStatistics.parse(recording.bytes("classloader_stats.txt")));
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void readsNativeMemory(DiagnosedRecording recording) throws Exception {
        DiagnosedProgram.check(NativeMemory.parse(recording.bytes("native_memory.txt")), MAX_HEAP);
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void readsFinalizers(DiagnosedRecording recording) throws Exception {
        DiagnosedProgram.check(FinalizerQueue.parse(recording.bytes("finalizer_info.txt")));
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void readsStringsAndSymbols(DiagnosedRecording recording) throws Exception {
        if (recording.featureVersion() == 8) {
            assertThat(recording.has("stringtable.txt")).isFalse();
            return;
        }
        DiagnosedProgram.checkStrings(StringTable.parse(recording.bytes("stringtable.txt")));
        DiagnosedProgram.checkSymbols(StringTable.parse(recording.bytes("symboltable.txt")));
    }
}
