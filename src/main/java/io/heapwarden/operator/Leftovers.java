package io.heapwarden.operator;

import io.fabric8.kubernetes.api.model.Pod;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Set;

/**
 * Takes back what was written about pods that nobody follows any more: their policy was deleted or changed while no operator ran, or an
 * operator died between two steps. Uses no finalizer, so that policies can always be deleted, also after the operator is gone.
 */
@ApplicationScoped
public class Leftovers {

    private final PodWatch podWatch;
    private final PodAnnotator annotator;
    private final ReportStore reports;

    Leftovers(PodWatch podWatch, PodAnnotator annotator, ReportStore reports) {
        this.podWatch = podWatch;
        this.annotator = annotator;
        this.reports = reports;
    }

    void sweep(Set<PodKey> followed) {
        reports.deleteAllBut(followed);
        podWatch.pods()
                .filter(pod -> !PodAnnotator.ownAnnotations(pod).isEmpty())
                .filter(pod -> !followed.contains(PodKey.of(pod)))
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .forEach((Pod pod) -> annotator.apply(pod, Map.of()));
    }
}
