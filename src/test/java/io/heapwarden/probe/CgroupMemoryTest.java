package io.heapwarden.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heapwarden.jvm.ContainerEvents;
import io.heapwarden.jvm.ContainerEvents.Pressure;
import io.heapwarden.jvm.MalformedOutputException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Keys and formats are those of the kernel's admin-guide/cgroup-v1/memory and admin-guide/cgroup-v2. */
class CgroupMemoryTest {

    private static final long MIB = 1 << 20;

    private static final String VERSION_1 =
            """
            version 1
            memory.limit_in_bytes 268435456
            memory.usage_in_bytes 241172480
            memory.failcnt 431
            pids.max 1024
            cache 30408704
            rss 209715200
            inactive_file 1
            active_file 1
            hierarchical_memory_limit 268435456
            total_cache 30408704
            total_rss 210763776
            total_inactive_file 20971520
            total_active_file 1048576
            oom_kill_disable 0
            under_oom 0
            oom_kill 2
            """;

    private static final String VERSION_2 =
            """
            version 2
            memory.max 268435456
            memory.current 241172480
            memory.high 260046848
            pids.max max
            anon 210763776
            file 30408704
            kernel 4194304
            inactive_anon 210763776
            inactive_file 20971520
            active_file 1048576
            slab_reclaimable 2097152
            low 0
            high 0
            max 17
            oom 3
            oom_kill 2
            oom_group_kill 1
            some avg10=1.50 avg60=0.87 avg300=0.10 total=157656722
            full avg10=0.00 avg60=0.25 avg300=0.01 total=9013711
            """;

    private static final ContainerEvents VERSION_1_EVENTS =
            new ContainerEvents(null, null, 431L, null, 2L, null, null, false, null, null);

    private static final ContainerEvents VERSION_2_EVENTS = new ContainerEvents(
            0L,
            0L,
            17L,
            3L,
            2L,
            1L,
            248 * MIB,
            null,
            new Pressure(0.015, 0.0087, Duration.ofNanos(157_656_722_000L)),
            new Pressure(0, 0.0025, Duration.ofNanos(9_013_711_000L)));

    @Test
    void readsVersion1() throws Exception {
        assertThat(parse(VERSION_1))
                .isEqualTo(new CgroupMemory(
                        256 * MIB, 256 * MIB, 230 * MIB, 210 * MIB, 201 * MIB, 21 * MIB, 2L, 1024L, VERSION_1_EVENTS));
    }

    @Test
    void readsVersion2() throws Exception {
        CgroupMemory memory = parse(VERSION_2);

        assertThat(memory)
                .isEqualTo(new CgroupMemory(
                        256 * MIB, 256 * MIB, 230 * MIB, 210 * MIB, 201 * MIB, 21 * MIB, 2L, null, VERSION_2_EVENTS));
        assertThat(memory.free()).isEqualTo((256 - 230 + 21) * MIB);
    }

    @Test
    void knowsThatThereIsNoLimit() throws Exception {
        CgroupMemory first = parse(VERSION_1.replace("268435456", "9223372036854771712"));
        CgroupMemory largePages = parse(VERSION_1.replace("268435456", "9223372036854710272"));
        CgroupMemory second = parse(VERSION_2.replace("memory.max 268435456", "memory.max max"));

        assertThat(first.limit()).isNull();
        assertThat(largePages.limit()).isNull();
        assertThat(second.limit()).isNull();
        assertThat(second.free()).isNull();
    }

    @Test
    void thePodsLimitCountsForWhatIsFreeOnly() throws Exception {
        CgroupMemory memory =
                parse(VERSION_1.replace("hierarchical_memory_limit 268435456", "hierarchical_memory_limit 262144000"));

        assertThat(memory.limit()).isEqualTo(256 * MIB);
        assertThat(memory.free()).isEqualTo((250 - 230 + 21) * MIB);
    }

    @Test
    void whatIsMissingIsNotZero() throws Exception {
        CgroupMemory nothing = new CgroupMemory(null, null, null, null, null, 0, null, null, ContainerEvents.UNKNOWN);
        assertThat(parse("version 2\n")).isEqualTo(nothing);
        assertThat(parse("version 0\n")).isEqualTo(nothing);
    }

    @Test
    void saysWhatIsWrong() {
        assertThatThrownBy(() -> parse(VERSION_2.replace("anon 210763776", "anon -5")))
                .isInstanceOf(MalformedOutputException.class)
                .hasMessage("anon of the control group is no size: -5");
        assertThatThrownBy(() -> parse("version 3\n"))
                .isInstanceOf(MalformedOutputException.class)
                .hasMessage("unknown control group version 3");
    }

    private static CgroupMemory parse(String files) throws MalformedOutputException {
        Map<String, String> pairs = new HashMap<>();
        files.lines()
                .forEach(
                        line -> pairs.put(line.substring(0, line.indexOf(' ')), line.substring(line.indexOf(' ') + 1)));
        return CgroupMemory.parse(pairs);
    }
}
