package io.heapwarden.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapwarden.growth.Sample;
import io.heapwarden.jvm.ClassHistogram;
import io.heapwarden.jvm.Collector;
import io.heapwarden.objective.Samples;
import io.heapwarden.probe.ProbeResult.Failure;
import io.heapwarden.probe.ProbeResult.FailureReason;
import io.heapwarden.probe.ProbeResult.Refusal;
import io.heapwarden.probe.ProbeResult.RefusalReason;
import io.heapwarden.probe.ProbeResult.Success;
import io.heapwarden.probe.Route.PassedOver;
import io.heapwarden.time.MovableClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChannelLadderTest {

    private static final Target POD = new Target("shop", "a", "uid", "app", "containerd://a");
    private static final Duration LONG = Duration.ofSeconds(1);

    private final MovableClock clock = new MovableClock();
    private final Scripted metrics = new Scripted(ChannelKind.Metrics);
    private final Scripted exec = new Scripted(ChannelKind.Exec);
    private final Scripted ephemeral = new Scripted(ChannelKind.EphemeralContainer);
    private final ChannelLadder ladder = new ChannelLadder(
            Map.of(
                    ChannelKind.Metrics, metrics,
                    ChannelKind.Exec, exec,
                    ChannelKind.EphemeralContainer, ephemeral),
            clock);
    private final JvmProbe probe =
            ladder.inOrder(List.of(ChannelKind.Metrics, ChannelKind.Exec, ChannelKind.EphemeralContainer));

    @Test
    void takesThePreferredOneThatAnswersAndNoOther() {
        assertThat(route()).isEqualTo(new Route(ChannelKind.Metrics, List.of()));
        assertThat(exec.asked).isZero();
    }

    @Test
    void saysWhyNotABetterOne() {
        metrics.refuse(RefusalReason.NotReady);
        exec.refuse(RefusalReason.NoShell);

        assertThat(route())
                .isEqualTo(new Route(
                        ChannelKind.EphemeralContainer,
                        List.of(
                                new PassedOver(ChannelKind.Metrics, "NotReady", "Metrics: NotReady"),
                                new PassedOver(ChannelKind.Exec, "NoShell", "Exec: NoShell"))));
    }

    @Test
    void looksForABetterOneOnlyWhileTheContainerIsYoung() {
        metrics.fail();
        assertThat(route().kind()).isEqualTo(ChannelKind.Exec);
        metrics.answer();
        assertThat(route().kind()).as("it serves its metrics now").isEqualTo(ChannelKind.Metrics);

        metrics.fail();
        assertThat(probe.counters(POD)).isInstanceOf(Failure.class);
        assertThat(probe.counters(POD)).isInstanceOf(Failure.class);
        clock.move(ChannelLadder.YOUTH);
        assertThat(route().kind()).as("the third failure").isEqualTo(ChannelKind.Exec);
        metrics.answer();
        assertThat(route().kind()).as("stays where it is").isEqualTo(ChannelKind.Exec);
    }

    @Test
    void oneFailureIsNoReasonToChange() {
        assertThat(route().kind()).isEqualTo(ChannelKind.Metrics);
        metrics.fail();
        probe.counters(POD);
        probe.counters(POD);
        metrics.answer();
        assertThat(route().kind()).isEqualTo(ChannelKind.Metrics);
        metrics.fail();
        probe.counters(POD);
        probe.counters(POD);

        assertThat(exec.asked).isZero();
    }

    @Test
    void asksNobodyElseOfAContainerWithoutAJvm() {
        metrics.refuse(RefusalReason.ChannelOff);
        exec.refuse(RefusalReason.NoJvm);

        assertThat(probe.counters(POD)).isEqualTo(new Refusal<>(RefusalReason.NoJvm, "Exec: NoJvm"));
        assertThat(ephemeral.asked).isZero();
    }

    @Test
    void aChannelThatIsOffSaysSoOnlyWhenThereIsNothingElseToSay() {
        JvmProbe other = new ChannelLadder(Map.of(ChannelKind.Exec, exec), clock)
                .inOrder(List.of(ChannelKind.Metrics, ChannelKind.Exec, ChannelKind.EphemeralContainer));
        exec.refuse(RefusalReason.NoShell);

        assertThat(other.counters(POD)).isEqualTo(new Refusal<>(RefusalReason.NoShell, "Exec: NoShell"));
        assertThat(new ChannelLadder(Map.of(), clock)
                        .inOrder(List.of(ChannelKind.Kubelet))
                        .counters(POD))
                .isEqualTo(new Refusal<>(
                        RefusalReason.ChannelOff,
                        "this installation has no channel Kubelet, which needs `get` on `nodes/stats`; a network path to port 10250 of the"
                                + " nodes; docs/channels.md says how to turn it on"));
    }

    @Test
    void histogramsGoByTheFirstThatCanTakeThem() {
        JvmReading last = ((Success<JvmReading>) probe.counters(POD)).value();

        assertThat(probe.histogram(POD, last, false, LONG)).isInstanceOf(Success.class);
        exec.refuse(RefusalReason.NotEnoughHeadroom);
        assertThat(probe.histogram(POD, last, false, LONG)).isInstanceOf(Success.class);
        assertThat(List.of(metrics.histograms, exec.histograms, ephemeral.histograms))
                .containsExactly(0, 2, 1);

        ephemeral.refuse(RefusalReason.ChannelOff);
        assertThat(probe.histogram(POD, last, false, LONG))
                .as("the first one's reason")
                .isEqualTo(new Refusal<>(RefusalReason.NotEnoughHeadroom, "Exec: NotEnoughHeadroom"));
        exec.refuse(RefusalReason.PauseTooLong);
        ephemeral.answer();
        assertThat(probe.histogram(POD, last, false, LONG))
                .as("a pause is as long by another way")
                .isEqualTo(new Refusal<>(RefusalReason.PauseTooLong, "Exec: PauseTooLong"));
        assertThat(ladder.inOrder(List.of(ChannelKind.Metrics)).histogram(POD, last, false, LONG))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.detail()).contains("spec.sampling.channels"));
    }

    private Route route() {
        ProbeResult<JvmReading> result = probe.counters(POD);
        assertThat(result).isInstanceOf(Success.class);
        return ((Success<JvmReading>) result).value().route();
    }

    /** A channel that does as it is told. */
    private final class Scripted implements JvmProbe {

        private final ChannelKind kind;
        private ProbeResult<Void> script = new Success<>(null);
        private int asked;
        private int histograms;

        Scripted(ChannelKind kind) {
            this.kind = kind;
        }

        void answer() {
            script = new Success<>(null);
        }

        void refuse(RefusalReason reason) {
            script = new Refusal<>(reason, kind + ": " + reason);
        }

        void fail() {
            script = new Failure<>(FailureReason.Unavailable, "connection refused");
        }

        @Override
        public ProbeResult<JvmReading> counters(Target target) {
            asked++;
            return as(new JvmReading(
                    new JvmIdentity(1, clock.instant(), null, Collector.G1, 1),
                    Sample.at(clock.instant()).build(),
                    null,
                    null,
                    null,
                    null,
                    null,
                    kind.words(),
                    null,
                    Route.of(kind),
                    null));
        }

        @Override
        public ProbeResult<ClassHistogram> histogram(Target target, JvmReading last, boolean live, Duration maxPause) {
            histograms++;
            return as(Samples.histogram().classes());
        }

        private <T> ProbeResult<T> as(T answer) {
            return switch (script) {
                case Success<Void> s -> new Success<>(answer);
                case Refusal<Void> r -> new Refusal<>(r.reason(), r.detail());
                case Failure<Void> f -> new Failure<>(f.reason(), f.detail());
            };
        }
    }
}
