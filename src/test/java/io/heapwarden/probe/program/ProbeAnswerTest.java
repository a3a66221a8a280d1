package io.heapwarden.probe.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapwarden.probe.CommandRunner.CommandOutput;
import io.heapwarden.probe.Inspection;
import io.heapwarden.probe.ProbeResult;
import io.heapwarden.probe.ProbeResult.Failure;
import io.heapwarden.probe.ProbeResult.FailureReason;
import io.heapwarden.probe.ProbeResult.Refusal;
import io.heapwarden.probe.ProbeResult.RefusalReason;
import io.heapwarden.probe.ProbeResult.Success;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProbeAnswerTest {

    private static final String WHOLE =
            """
            {"heapwarden":"probe/v1","kind":"hotspot","pid":12,"jvms":2,"roots":1,"all":[{"pid":12,"rss":4096},{"pid":7,"rss":1}],"jvmPid":1,\
            "process":{"startTicks":250,"cpuTicks":150,"ticksPerSecond":100,"btime":1700000000,"rss":4096,"rssAnon":2048,"threads":20,"uid":1,"gid":2,\
            "catchesQuit":true},"attach":{"tmpWritable":true,"socket":false,"disabledByArguments":false,"sameUser":true},\
            "cgroup":{"version":2,"limit":1000,"ceiling":900,"usage":500,"anon":300,"inactiveFile":100,"activeFile":50,"oomKills":1,\
            "events":{"low":0,"oom_kill":1},"pressure":{"some":{"avg10":1,"avg60":2,"avg300":3,"totalMicros":4}},"maxThreads":99},\
            "torn":false,"hsperfdata":{"sun.rt.createVmBeginTime":1700000003000,"java.threads.live":9,"java.property.java.version":"21.0.1",\
            "sun.rt.jvmCapabilities":"11"}}
            """;

    private static ProbeResult<Inspection> parse(String answer) {
        return ProbeAnswer.parse(new CommandOutput(answer.getBytes(StandardCharsets.UTF_8), false, ""));
    }

    @Test
    void holdsWhatTheProgramSays() {
        assertThat(parse(WHOLE)).isInstanceOf(Success.class);
        Inspection jvm = ((Success<Inspection>) parse(WHOLE)).value();

        assertThat(jvm.pid()).isEqualTo(12);
        assertThat(jvm.jvms()).isEqualTo(2);
        assertThat(jvm.otherUser()).isFalse();
        assertThat(jvm.process().startTicks()).isEqualTo(250);
        assertThat(jvm.process().startedAt()).isEqualTo(Instant.ofEpochSecond(1_700_000_002, 500_000_000));
        assertThat(jvm.process().cpu()).isEqualTo(Duration.ofMillis(1500));
        assertThat(jvm.process().catchesQuit()).isTrue();
        assertThat(jvm.memory().limit()).isEqualTo(1000);
        assertThat(jvm.memory().ceiling()).isEqualTo(900);
        assertThat(jvm.memory().workingSet()).isEqualTo(400);
        assertThat(jvm.memory().reclaimable()).isEqualTo(150);
        assertThat(jvm.memory().oomKills()).isEqualTo(1);
        assertThat(jvm.memory().maxThreads()).isEqualTo(99);
        assertThat(jvm.counters()).isNotNull();
        assertThat(jvm.counters().threads()).isEqualTo(9);
        assertThat(jvm.counters().javaVersion()).isEqualTo("21.0.1");
        assertThat(jvm.counters().attachSupported()).isTrue();
    }

    @Test
    void countersOfAnEarlierJvmOfTheSameIdDoNotCount() {
        Inspection jvm = ((Success<Inspection>) parse(WHOLE.replace("1700000003000", "1600000000000"))).value();
        assertThat(jvm.counters()).isNull();
    }

    @Property
    void isNeverTakenForWholeWhenItIsCut(@ForAll @IntRange(min = 1, max = 1100) int lost) {
        String cut = WHOLE.substring(0, Math.max(0, WHOLE.length() - lost));
        assertThat(parse(cut)).isInstanceOfSatisfying(Failure.class, failure -> assertThat(failure.reason())
                .isEqualTo(FailureReason.Truncated));
        assertThat(parse(cut.strip() + "\n")).isInstanceOfAny(Failure.class, lost == 1 ? Success.class : Failure.class);
    }

    @Property(tries = 3000)
    void neverThrowsForAByteThatIsAnother(@ForAll @IntRange(max = 1100) int at, @ForAll byte value) {
        byte[] bytes = WHOLE.getBytes(StandardCharsets.UTF_8);
        bytes[at % bytes.length] = value;
        assertThat(ProbeAnswer.parse(new CommandOutput(bytes, false, ""))).isNotNull();
    }

    @Property
    void neverThrowsForAnyBytes(@ForAll byte[] bytes) {
        assertThat(ProbeAnswer.parse(new CommandOutput(Arrays.copyOf(bytes, bytes.length), false, "")))
                .isInstanceOf(Failure.class);
    }

    @ParameterizedTest
    @CsvSource({"none, NoJvm", "native, NativeImage", "openj9, OpenJ9"})
    void saysWhyAContainerIsLeftAlone(String kind, RefusalReason reason) {
        assertThat(parse("{\"heapwarden\":\"probe/v1\",\"kind\":\"" + kind
                        + "\",\"pid\":3,\"jvms\":0,\"roots\":1,\"all\":[]}\n"))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.reason()).isEqualTo(reason));
    }

    @Test
    void refusesToGuessAmongContainers() {
        assertThat(parse(WHOLE.replace("\"roots\":1", "\"roots\":2")))
                .isInstanceOfSatisfying(Refusal.class, refusal -> {
                    assertThat(refusal.reason()).isEqualTo(RefusalReason.NoJvm);
                    assertThat(refusal.detail()).contains("several containers");
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\n",
                "[]\n",
                "{}\n",
                "{\"heapwarden\":\"probe/v2\",\"kind\":\"none\"}\n",
                "{\"heapwarden\":\"probe/v1\",\"kind\":\"cobol\"}\n",
                "{\"heapwarden\":\"probe/v1\",\"kind\":\"none\",\"kind\":\"hotspot\"}\n",
                "{\"heapwarden\":\"probe/v1\",\"kind\":\"none\"}{}\n",
                "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\n",
                "{\"heapwarden\":\"probe/v1\",\"kind\":\"hotspot\",\"pid\":99999999999,\"jvms\":1,\"roots\":1}\n"
            })
    void isGarbledWhenItIsNotOfTheForm(String answer) {
        assertThat(parse(answer)).isInstanceOfSatisfying(Failure.class, failure -> assertThat(failure.reason())
                .isEqualTo(FailureReason.Garbled));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"usage\":500=\"usage\":-1",
                "\"usage\":500=\"usage\":1e3",
                "\"threads\":20=\"threads\":\"20\"",
                "\"inactiveFile\":100=\"inactiveFile\":9223372036854775807",
                "\"cgroup\":{=\"group\":{",
                "\"java.threads.live\":9=\"java.threads.live\":-9",
                "\"ticksPerSecond\":100=\"ticksPerSecond\":0",
                "\"torn\":false=\"hsperfdataError\":\"hsperfdata is cut off\""
            })
    void aWrongValueIsNoNumber(String change) {
        String[] parts = change.split("=", 2);
        assertThat(WHOLE).contains(parts[0]);
        assertThat(parse(WHOLE.replace(parts[0], parts[1])))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.reason()).isEqualTo(FailureReason.Garbled));
    }

    @Test
    void whatIsTooLongIsNotBelieved() {
        assertThat(ProbeAnswer.parse(new CommandOutput(WHOLE.getBytes(StandardCharsets.UTF_8), true, "")))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.reason()).isEqualTo(FailureReason.TooLong));
    }
}
