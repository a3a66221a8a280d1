package io.heapwarden.response;

import static io.heapwarden.response.ResizeFixture.MIB;
import static io.heapwarden.response.ResizeFixture.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.heapwarden.growth.Exhaustion;
import io.heapwarden.growth.Signal;
import io.heapwarden.growth.Verdict;
import io.heapwarden.response.ResizableContainer.Pending;
import io.heapwarden.response.ResizableContainer.Stage;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** When a higher limit is given, and how high. */
class ResizeGateTest {

    private final ResizeFixture fixture = new ResizeFixture();

    @Test
    void givesTimeToAContainerThatIsFullBeforeItsRestart() {
        ResizeDecision.Allowed allowed = fixture.allowed();

        assertThat(allowed.from()).isEqualTo(320 * MIB);
        assertThat(allowed.to()).isEqualTo(400 * MIB);
        assertThat(allowed.number()).isEqualTo(1);
        assertThat(allowed.sentence())
                .isEqualTo(
                        "Raising the memory limit of container app of shop/checkout-6c9-x2k from 320Mi to 400Mi, of at most 1024Mi, resize 1 of at most 3,"
                                + " as its restart has to wait: the restart waits");
    }

    @Test
    void observeOnlySaysIt() {
        fixture.enforce = false;

        assertThat(fixture.decide())
                .isInstanceOfSatisfying(ResizeDecision.DryRun.class, would -> assertThat(would.sentence())
                        .startsWith("Would raise the memory limit")
                        .endsWith("mode is Observe, Enforce would let it happen"));
    }

    @Test
    void observeRefusesWhatEnforceWould() {
        fixture.enforce = false;
        fixture.ceiling = 320 * MIB;

        fixture.assertRefused(ResizeRefusal.CeilingReached);
    }

    @ParameterizedTest(name = "{0} bytes of at most {1} become {2}")
    @CsvSource({
        "335544320,1073741824,400Mi",
        "1,1073741824,1Mi",
        "104857601,1073741824,126Mi",
        "335544320,367001600,350Mi",
        "335544320,335544321,335544321",
        "335544319,335544320,320Mi",
    })
    void aQuarterMoreInWholeMebibytesUpToTheCeiling(long limit, long ceiling, String to) {
        fixture.limit = limit;
        fixture.ceiling = ceiling;

        assertThat(MemorySize.spelled(fixture.allowed().to())).isEqualTo(to);
    }

    @Test
    void theCeilingEndsIt() {
        fixture.ceiling = 320 * MIB;
        fixture.assertRefused(ResizeRefusal.CeilingReached).contains("is 320Mi, and resizeCeiling is 320Mi");

        fixture.ceiling = 256 * MIB;
        fixture.assertRefused(ResizeRefusal.CeilingReached);
    }

    @ParameterizedTest
    @EnumSource(GateRefusal.class)
    void onlyForARestartThatTimeWillLetThrough(GateRefusal restart) {
        fixture.restart = restart;

        if (ResizeNeedChecks.WAITING.contains(restart)) {
            fixture.allowed();
        } else {
            fixture.assertRefused(ResizeRefusal.RestartDoesNotWait).contains(restart.name());
        }
    }

    @Test
    void aRestartThatWaitsHasPassedEveryCheckOfLeakPodAndWorkload() {
        assertThat(ResizeNeedChecks.WAITING)
                .allSatisfy(waiting -> assertThat(waiting).isGreaterThan(GateRefusal.NothingRolls))
                .doesNotContain(GateRefusal.IntentPending);
    }

    @Test
    void notWhereItCannotBeDone() {
        fixture.ability = ResizeAbility.TurnedOff;
        fixture.assertRefused(ResizeRefusal.TurnedOff).contains("restarts.resize=true");

        fixture.ability = ResizeAbility.NotSupported;
        fixture.assertRefused(ResizeRefusal.NotSupportedByCluster).contains("Kubernetes 1.33");
    }

    @Test
    void notWithoutALimit() {
        fixture.limit = null;

        fixture.assertRefused(ResizeRefusal.NoLimit).contains("Container app");
    }

    @ParameterizedTest
    @EnumSource(
            value = Signal.class,
            names = {"HeapAfterGC", "Metaspace", "Threads"})
    void notWhereALimitOfTheJvmComesFirst(Signal signal) {
        fixture.endsBy(signal);

        fixture.assertRefused(ResizeRefusal.JvmIsTheLimit).contains("that of " + signal);
    }

    @Test
    void directBuffersEndWhereThereIsLessRoom() {
        fixture.endsBy(Signal.DirectBuffers).room(Signal.DirectBuffers, 100).room(Signal.ContainerAnon, 99);
        fixture.allowed();

        fixture.room(Signal.ContainerAnon, 100);
        fixture.assertRefused(ResizeRefusal.JvmIsTheLimit).contains("DirectBuffers");

        fixture.signals.remove(Signal.ContainerAnon);
        fixture.assertRefused(ResizeRefusal.JvmIsTheLimit);
    }

    @ParameterizedTest
    @CsvSource({
        "NativeGrowth,true",
        "ThreadLeak,true",
        "DirectBufferLeak,true",
        "RetentionLeak,false",
        "ClassLoaderLeak,false"
    })
    void withoutAForecastTheKindOfLeakDecides(Verdict verdict, boolean allowed) {
        fixture.exhaustion = null;
        fixture.verdict = verdict;
        fixture.room(Signal.ContainerAnon, 50);

        if (allowed) {
            fixture.allowed();
        } else {
            fixture.assertRefused(ResizeRefusal.JvmIsTheLimit);
        }
    }

    @Test
    void notWhenTheContainerWouldBeRestartedForIt() {
        fixture.restartsForIt = true;

        fixture.assertRefused(ResizeRefusal.RestartsContainer).contains("NotRequired");
    }

    @ParameterizedTest
    @EnumSource(Stage.class)
    void notWhileOneIsPending(Stage stage) {
        fixture.limit = 1024 * MIB;
        fixture.pending = new Pending(stage, "Node didn't have enough resource: memory");

        fixture.assertRefused(
                        switch (stage) {
                            case Infeasible -> ResizeRefusal.Infeasible;
                            case Deferred -> ResizeRefusal.Deferred;
                            case InProgress -> ResizeRefusal.ResizeInProgress;
                        })
                .contains("as the kubelet says: Node didn't have enough resource: memory");
    }

    @Test
    void onlyWhenTheEndIsNearerThanTheRestart() {
        fixture.restartAt = NOW.plus(Duration.ofHours(2)).plusSeconds(1);
        fixture.allowed();

        fixture.restartAt = NOW.plus(Duration.ofHours(2));
        fixture.assertRefused(ResizeRefusal.TimeEnough)
                .contains("lasts until 2026-11-23T14:00:00Z", "may be from 2026-11-23T14:00:00Z on");
    }

    @Test
    void onlyInTheLastHourWhenNobodyKnowsHowLongTheRestartWaits() {
        fixture.restart = GateRefusal.TooManyUnavailable;
        fixture.restartAt = null;
        fixture.assertRefused(ResizeRefusal.TimeEnough).contains("waits for other pods");

        fixture.exhaustion = new Exhaustion(Duration.ofMinutes(59), null, Signal.ContainerAnon);
        fixture.allowed();
    }
}
