package io.heapwarden.operator;

import io.fabric8.kubernetes.api.model.Pod;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.function.BiConsumer;

/**
 * Makes known what was found between two turns of a pod, which cannot wait for the next: first on the pod, then to the gate, then in the report. What comes
 * during one of these steps is done together by the step's next run, so that a flood of events costs no more than the API server bears; and as the gate
 * decides on one pod at a time, the annotation of the next event does not wait for it. Safe for use by many threads.
 */
@ApplicationScoped
public class FindingPublisher {

    /** Least time between two reports of a pod that events bring about: a report is read by people, and holds all findings of the pod. */
    static final Duration BETWEEN_REPORTS = Duration.ofSeconds(1);

    /** Annotations that are written at a time: more wait for each other in the API server, and each connection costs a handshake. */
    private static final int ANNOTATIONS_AT_ONCE = 8;

    /** What can wait leaves the API server to what cannot. */
    private static final int REPORTS_AT_ONCE = 2;

    private final Publisher publisher;
    private final PodWatch podWatch;
    private final CoalescingExecutor<PodKey> annotating =
            new CoalescingExecutor<>("finding-annotation", ANNOTATIONS_AT_ONCE, Duration.ZERO);
    private final CoalescingExecutor<PodKey> acting = new CoalescingExecutor<>("finding-act", 1, Duration.ZERO);
    private final CoalescingExecutor<PodKey> reporting;

    @Inject
    FindingPublisher(Publisher publisher, PodWatch podWatch) {
        this(publisher, podWatch, BETWEEN_REPORTS);
    }

    FindingPublisher(Publisher publisher, PodWatch podWatch, Duration betweenReports) {
        this.publisher = publisher;
        this.podWatch = podWatch;
        this.reporting = new CoalescingExecutor<>("finding-report", REPORTS_AT_ONCE, betweenReports);
    }

    /** Has what is known of a pod made known soon; never waits. */
    void publish(PodMonitor monitor) {
        PodKey key = monitor.key();
        annotating.ask(key, () -> {
            withPod(monitor, publisher::annotate);
            acting.ask(key, () -> {
                withPod(monitor, publisher::act);
                reporting.ask(key, () -> withPod(monitor, publisher::report));
            });
        });
    }

    /** Whether nothing is being made known. */
    boolean isIdle() {
        return annotating.isIdle() && acting.isIdle() && reporting.isIdle();
    }

    private void withPod(PodMonitor monitor, BiConsumer<Pod, PodMonitor> step) {
        Pod pod = podWatch.get(monitor.key());
        if (pod != null && !monitor.ended()) {
            step.accept(pod, monitor);
        }
    }

    @PreDestroy
    void stop() {
        annotating.close();
        acting.close();
        reporting.close();
    }
}
