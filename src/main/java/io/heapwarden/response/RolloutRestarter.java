package io.heapwarden.response;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.heapwarden.response.ApiAnswer.Right;
import io.heapwarden.response.ApiRequests.Reply;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Restarts all pods of a workload by its own update strategy, as {@code kubectl rollout restart} does: by an annotation of the pod template, and for an
 * Argo Rollout by {@code spec.restartAt}. What is written depends on nothing but the decision, so that sending it twice restarts once.
 */
public final class RolloutRestarter extends RehearsedRestart {

    /** The annotation that kubectl writes; {@code kubectl rollout history} and dashboards know it. */
    static final String RESTARTED_AT = "kubectl.kubernetes.io/restartedAt";

    private static final String ROLLOUT = "Rollout";
    private static final String APPS = "apps/v1";
    private static final String ARGO = "argoproj.io/v1alpha1";
    private static final Right PATCH = new Right(
            "apps",
            "deployments, statefulsets, daemonsets",
            "patch",
            "the Helm chart's role has it when restarts.rollout is true");

    /** Kinds that have a rollout. */
    public static final Set<String> KINDS = Set.of("Deployment", "StatefulSet", "DaemonSet", ROLLOUT);

    public RolloutRestarter(KubernetesClient client, Clock clock) {
        this(client, clock, TIME_OUT);
    }

    RolloutRestarter(KubernetesClient client, Clock clock, Duration timeOut) {
        super(client, clock, timeOut, PATCH, ActionOutcome.RolledOut);
    }

    @Override
    public RestartWay way() {
        return RestartWay.RolloutRestart;
    }

    @Override
    Reply send(ApiRequests requests, RestartTarget target, boolean rehearsal) {
        String path = path(target) + (rehearsal ? "?dryRun=All" : "");
        return requests.patch(
                "rollout of " + target.workloadKind() + "/" + target.workloadName(),
                path,
                "application/merge-patch+json",
                patch(target));
    }

    private static String path(RestartTarget target) {
        String group = target.workloadKind().equals(ROLLOUT) ? ARGO : APPS;
        return "apis/" + group + "/namespaces/" + target.pod().namespace() + "/"
                + target.workloadKind().toLowerCase(Locale.ROOT) + "s/" + target.workloadName();
    }

    private static Map<String, Object> patch(RestartTarget target) {
        String at = whole(target.at()).toString();
        Map<String, Object> spec = target.workloadKind().equals(ROLLOUT)
                ? Map.of("restartAt", at)
                : Map.of("template", Map.of("metadata", Map.of("annotations", Map.of(RESTARTED_AT, at))));
        return target.annotations().isEmpty()
                ? Map.of("spec", spec)
                : Map.of("metadata", Map.of("annotations", target.annotations()), "spec", spec);
    }

    /** Whether a workload's template bears the time of this very restart. */
    public static boolean bearsRestart(
            KubernetesClient client, String namespace, String kind, String name, Instant at) {
        if (!KINDS.contains(kind)) {
            return false;
        }
        GenericKubernetesResource workload = client.genericKubernetesResources(kind.equals(ROLLOUT) ? ARGO : APPS, kind)
                .inNamespace(namespace)
                .withName(name)
                .get();
        if (workload == null) {
            return false;
        }
        Object restarted = kind.equals(ROLLOUT)
                ? workload.get("spec", "restartAt")
                : workload.get("spec", "template", "metadata", "annotations", RESTARTED_AT);
        return whole(at).toString().equals(restarted);
    }

    private static Instant whole(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }
}
