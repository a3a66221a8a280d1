package io.heapwarden.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heapwarden.jvm.MalformedOutputException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcessStatusTest {

    private static final String STATUS =
            "Name:\tjava\nVmHWM:\t   80000 kB\nVmRSS:\t   74456 kB\nThreads:\t21\nNSpid:\t31832\t7\nSigCgt:\t2000000101005ccd\n";

    /** The name of a program may hold anything. */
    private static final String STAT =
            "31832 (ja) va)) S 31820 31820 19447 0 -1 4194304 11925 0 13 0 60 9 0 0 20 0 21 0 204801 2704502784 18531 0\nbtime 1795468124\n";

    @Test
    void readsWhatTheKernelSays() throws Exception {
        ProcessStatus process = ProcessStatus.parse(STATUS + STAT);

        assertThat(process.rss()).isEqualTo(74456L << 10);
        assertThat(process.threads()).isEqualTo(21);
        assertThat(process.catchesQuit()).isTrue();
        assertThat(process.startTicks()).isEqualTo(204801);
        assertThat(process.startedAt())
                .isEqualTo(Instant.ofEpochSecond(1795468124).plusMillis(2048010));
        assertThat(process.cpu()).isEqualTo(Duration.ofMillis(690));
    }

    @ParameterizedTest
    @CsvSource({
        "2000000101005ccd, true", // HotSpot
        "2000000101001cc8, false", // HotSpot with -Xrs
        "0000000001005443, false", // a native image
        "0000000000000000, false",
        "0000000000000004, true",
        "ffffffffffffffff, true"
    })
    void knowsWhetherSigquitIsCaught(String mask, boolean caught) throws Exception {
        String status = STATUS.replace("2000000101005ccd", mask);

        assertThat(ProcessStatus.parse(status + STAT).catchesQuit()).isEqualTo(caught);
    }

    @Test
    void aProcessThatEndsHasNoMemory() throws Exception {
        assertThat(ProcessStatus.parse(STATUS.replaceAll("VmRSS.*\n", "") + STAT)
                        .rss())
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "VmRSS:\t   74456 kB, VmRSS:\t 74456 MB, VmRSS of /proc/PID/status is not in kB: 74456 MB",
        "Threads:\t21, Threads:\tmany, Threads of a process is no sensible number: many",
        "Threads:\t21, Threads:\t-1, Threads of a process is no sensible number: -1",
        "SigCgt:\t2000000101005ccd, SigCgt:\tnone, SigCgt of /proc/PID/status is no mask: none",
        "btime, ctime, /proc/stat has no btime",
        " 0 20 0 21 0 204801 2704502784 18531 0, , /proc/PID/stat has only 14 fields after the command",
        "204801, 9223372036854775807, start time of a process is no sensible number: 9223372036854775807"
    })
    void saysWhatIsWrong(String text, String wrong, String message) {
        String replacement = wrong == null ? "" : wrong;

        assertThatThrownBy(() -> ProcessStatus.parse((STATUS + STAT).replace(text, replacement)))
                .isInstanceOf(MalformedOutputException.class)
                .hasMessage(message);
    }
}
