package io.heapwarden.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapwarden.api.ContainerReport;
import io.heapwarden.api.ContainerReport.CulpritReport;
import io.heapwarden.api.ContainerReport.ExhaustionReport;
import io.heapwarden.api.ContainerReport.MemoryEvents;
import io.heapwarden.api.ContainerReport.Rates;
import io.heapwarden.api.ContainerReport.Reason;
import io.heapwarden.api.ContainerReport.SignalReport;
import io.heapwarden.api.MemoryReportStatus;
import io.heapwarden.growth.State;
import io.heapwarden.growth.Verdict;
import io.heapwarden.jvm.ContainerEvents;
import io.heapwarden.jvm.ContainerEvents.Pressure;
import io.heapwarden.jvm.CounterRates;
import io.heapwarden.operator.ContainerView.LeftAlone;
import io.heapwarden.operator.ContainerView.ProbeTrouble;
import io.heapwarden.time.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportFactoryTest {

    private static final Instant AT = MovableClock.START;

    @Test
    void writesAPodForPeople() {
        MemoryReportStatus status = ReportFactory.status(Shop.plan(), Views.pod(Views.leaking()), List.of(), "1:text");

        assertThat(status.podUid()).isEqualTo("uid-" + Shop.POD);
        assertThat(status.policy()).isEqualTo(Shop.POLICY);
        assertThat(status.workload()).isEqualTo("Deployment/checkout");
        assertThat(status.revision()).isEqualTo("6c9");
        assertThat(status.state()).isEqualTo("Leaking");
        assertThat(status.verdict()).isEqualTo("RetentionLeak");
        assertThat(status.culprit()).isEqualTo("com.shop.Order");
        assertThat(status.exhaustion()).isEqualTo("5h to 9h");
        assertThat(status.checkpoint()).isEqualTo("1:text");
    }

    @Test
    void writesAContainerWithUnits() {
        ContainerReport report = report(Views.leaking());

        assertThat(report.confidence()).isEqualTo("93%");
        assertThat(report.reasons()).first().isEqualTo("the floor after collections has risen for 2h");
        assertThat(report.signals())
                .containsExactly(
                        new SignalReport("HeapAfterGC", "200.0 MiB", "12.0 MiB", "256.0 MiB"),
                        new SignalReport("Threads", "20", "0", null));
        assertThat(report.culprits())
                .first()
                .isEqualTo(new CulpritReport("com.shop.Order", "java.util.HashMap", "12000", "3.5 MiB", "81%"));
        assertThat(report.exhaustion()).isEqualTo(new ExhaustionReport("5h", "9h", "HeapAfterGC"));
        assertThat(report.jvm().version()).isEqualTo("17.0.15");
        assertThat(report.channel().source()).isEqualTo("hsperfdata over exec");
        assertThat(report.leftAlone()).isNull();
    }

    @Test
    void saysWhyAContainerIsLeftAloneAndGivesItNoState() {
        ContainerReport report = report(Views.leftAlone("NoJvm"));

        assertThat(report.leftAlone()).isEqualTo(new Reason("NoJvm", "because of NoJvm"));
        assertThat(report.state()).isNull();
        assertThat(ReportFactory.status(Shop.plan(), Views.pod(Views.leftAlone("NoJvm")), List.of(), null)
                        .state())
                .isEqualTo("LeftAlone");
    }

    @Test
    void aPodIsAsItsWorstContainer() {
        MemoryReportStatus status = ReportFactory.status(
                Shop.plan(),
                Views.pod(Views.container(State.Healthy, Verdict.Healthy), Views.leaking(), Views.leftAlone("NoJvm")),
                List.of(),
                null);

        assertThat(status.state()).isEqualTo("Leaking");
        assertThat(status.containers()).hasSize(3);
    }

    @Test
    void ratesAndWhatHappenedToTheMemoryAreWrittenForPeople() {
        ContainerEvents events = new ContainerEvents(
                null, 3L, 12L, null, 1L, null, null, null, new Pressure(0.2, 0.034, Duration.ofSeconds(9)), null);

        assertThat(VitalsReports.memory(events)).isEqualTo(new MemoryEvents(1L, 12L, 3L, "3.4%"));
        assertThat(VitalsReports.memory(ContainerEvents.UNKNOWN)).isNull();
        assertThat(VitalsReports.rates(new CounterRates(
                        Duration.ofMinutes(1),
                        new CounterRates.Allocation(5 << 20, 4 << 20, 6 << 20),
                        0.0123,
                        0.02,
                        3.0)))
                .isEqualTo(new Rates("5.0 MiB/s", "1.2%", "2.0%", "3.0"));
    }

    @Test
    void figuresAloneAreNoNews() {
        ContainerView later = new ContainerView(
                "app",
                State.Leaking,
                AT,
                ScriptedProbe.reading(AT, 99L << 20),
                Views.leak("com.shop.Order"),
                null,
                List.of(),
                AT,
                9_999,
                77,
                null,
                null);

        assertThat(gist(later)).isEqualTo(gist(Views.leaking()));
    }

    @Test
    void aTroubleThatGoesOnIsNoNews() {
        ProbeTrouble first = new ProbeTrouble(AT, "histogram", "PauseTooLong", "800ms");
        ProbeTrouble again = new ProbeTrouble(AT.plusSeconds(60), "histogram", "PauseTooLong", "810ms");

        assertThat(gist(withTroubles(again, first))).isEqualTo(gist(withTroubles(first)));
    }

    @Test
    void whatAPersonWouldWantToKnowIsNews() {
        String before = gist(Views.leaking());

        assertThat(gist(Views.container(State.Critical, Views.leak("com.shop.Order"), null, List.of())))
                .as("state")
                .isNotEqualTo(before);
        assertThat(gist(Views.container(State.Leaking, Verdict.ThreadLeak)))
                .as("verdict")
                .isNotEqualTo(before);
        assertThat(gist(Views.container(State.Leaking, Views.leak("com.shop.Cart"), null, List.of())))
                .as("culprit")
                .isNotEqualTo(before);
        assertThat(gist(withTroubles(new ProbeTrouble(AT, "counters", "TimedOut", "15s"))))
                .as("trouble")
                .isNotEqualTo(before);
        assertThat(gist(Views.container(
                        State.Leaking,
                        Views.leak("com.shop.Order"),
                        new LeftAlone("ExecForbidden", "RBAC"),
                        List.of())))
                .as("left alone")
                .isNotEqualTo(before);
        assertThat(ReportFactory.gist(Views.pod(Views.leaking(), Views.leftAlone("NoJvm"))))
                .as("another container")
                .isNotEqualTo(before);
    }

    private static ContainerView withTroubles(ProbeTrouble... troubles) {
        return Views.container(State.Leaking, Views.leak("com.shop.Order"), null, List.of(troubles));
    }

    private static String gist(ContainerView container) {
        return ReportFactory.gist(Views.pod(container));
    }

    private static ContainerReport report(ContainerView container) {
        return ReportFactory.status(Shop.plan(), Views.pod(container), List.of(), null)
                .containers()
                .getFirst();
    }
}
