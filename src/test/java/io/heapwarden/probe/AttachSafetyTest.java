package io.heapwarden.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapwarden.jvm.ContainerEvents;
import io.heapwarden.probe.ProbeResult.Refusal;
import io.heapwarden.probe.ProbeResult.RefusalReason;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AttachSafetyTest {

    private static final long MIB = 1 << 20;
    private static final long HEADROOM = ProbeLimits.DEFAULTS.headroom();

    /** A JVM without counters, of which everything allows to ask it. */
    private boolean otherUser;

    private boolean tmpWritable = true;
    private boolean socket;
    private boolean attachOff;
    private boolean catchesQuit = true;
    private boolean jcmd = true;
    private long free = 40 * MIB;

    @Test
    void allowsWhatIsSafe() {
        assertThat(refusal()).isNull();
    }

    @Test
    void refusesWhatIsNot() {
        catchesQuit = false;
        assertThat(reason()).isEqualTo(RefusalReason.AttachDisabled);
        catchesQuit = true;
        attachOff = true;
        assertThat(reason()).isEqualTo(RefusalReason.AttachDisabled);
        attachOff = false;
        tmpWritable = false;
        assertThat(reason()).isEqualTo(RefusalReason.TmpNotWritable);
        socket = true;
        assertThat(refusal()).isNull();
        jcmd = false;
        assertThat(reason()).isEqualTo(RefusalReason.NoDiagnosticTool);
        otherUser = true;
        assertThat(reason()).isEqualTo(RefusalReason.OtherUser);
    }

    @Test
    void keepsThirtyTwoMebibytesFree() {
        free = HEADROOM;
        assertThat(refusal()).isNull();
        free = HEADROOM - 1;
        assertThat(refusal())
                .isEqualTo(new Refusal<>(
                        RefusalReason.NotEnoughHeadroom,
                        "31 MiB are free under the container's memory limit and a diagnostic client needs 32. Raise the limit by 1 MiB to get"
                                + " class histograms"));
    }

    @Test
    void takesResidentMemoryWhenTheHeapIsNotKnown() {
        assertThat(AttachSafety.heapAtMost(jvm())).isEqualTo(256 * MIB);
    }

    private RefusalReason reason() {
        Refusal<Object> refusal = refusal();
        assertThat(refusal).isNotNull();
        return refusal.reason();
    }

    private Refusal<Object> refusal() {
        return AttachSafety.refusal(jvm(), HEADROOM);
    }

    private Inspection jvm() {
        long limit = 512 * MIB;
        return new Inspection(
                1,
                1,
                otherUser,
                tmpWritable,
                socket,
                attachOff,
                jcmd ? "/usr/bin/jcmd" : null,
                null,
                new ProcessStatus(256 * MIB, 250 * MIB, 20, catchesQuit, 1, Instant.EPOCH, Duration.ZERO),
                new CgroupMemory(
                        limit, limit, limit - free, limit - free, 200 * MIB, 0, 0L, null, ContainerEvents.UNKNOWN),
                null);
    }
}
