package io.heapwarden.probe.ephemeral;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.EphemeralContainer;
import io.fabric8.kubernetes.api.model.EphemeralContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.heapwarden.probe.PodFacts.ProbeContainer;
import io.heapwarden.probe.PodFacts.ProbeContainer.State;
import io.heapwarden.probe.PodFacts.User;
import io.heapwarden.probe.ProbeResult;
import io.heapwarden.probe.ProbeResult.Failure;
import io.heapwarden.probe.ProbeResult.FailureReason;
import io.heapwarden.probe.ProbeResult.Refusal;
import io.heapwarden.probe.ProbeResult.RefusalReason;
import io.heapwarden.probe.ProbeResult.Success;
import io.heapwarden.probe.Target;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Adds the debug container of a pod, once in the pod's life: Kubernetes lets nobody remove it. It has the application's user and group, no
 * capability and no way to more rights, a read-only root, and runs the probe program, which does nothing until it is asked. Safe for use by many threads, one for
 * a pod at a time.
 */
public final class ProbeContainers {

    /** Name of the debug container; of a pod there is one. */
    public static final String NAME = "heapwarden-probe";

    /** The probe program in its image. */
    public static final String PROGRAM = "/heapwarden-probe";

    /** How long to wait for it to start before the next sample has to do: an image of a megabyte is pulled in seconds. */
    static final Duration PATIENCE = Duration.ofSeconds(8);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);
    private static final int FORBIDDEN = 403;
    private static final int INVALID = 422;
    private static final int NOT_FOUND = 404;

    private final KubernetesClient client;
    private final String image;
    private final Additions additions;

    /** Hears of each debug container that was added, or could not be. */
    @FunctionalInterface
    public interface Additions {

        /**
         * One was asked for.
         *
         * @param target beside which container
         * @param outcome {@code Added}, {@code Refused} with the API server's status code, or {@code Failed}
         * @param took how long the API server took
         */
        void tried(Target target, String outcome, Duration took);
    }

    /**
     * @param client reaches the API server
     * @param image that has the probe program
     * @param additions hears of what is added
     */
    public ProbeContainers(KubernetesClient client, String image, Additions additions) {
        this.client = client;
        this.image = image;
        this.additions = additions;
    }

    /** The pod's debug container as its status tells it; null when it has none. */
    public static @Nullable ProbeContainer of(Pod pod) {
        if (pod.getStatus() == null || pod.getStatus().getEphemeralContainerStatuses() == null) {
            return null;
        }
        Optional<ContainerStatus> status = pod.getStatus().getEphemeralContainerStatuses().stream()
                .filter(container -> NAME.equals(container.getName()))
                .findFirst();
        String beside = pod.getSpec().getEphemeralContainers() == null
                ? null
                : pod.getSpec().getEphemeralContainers().stream()
                        .filter(container -> NAME.equals(container.getName()))
                        .map(EphemeralContainer::getTargetContainerName)
                        .findFirst()
                        .orElse(null);
        return status.isEmpty() || beside == null ? null : of(status.get(), beside);
    }

    private static ProbeContainer of(ContainerStatus status, String beside) {
        if (status.getState() != null && status.getState().getRunning() != null) {
            return new ProbeContainer(NAME, beside, State.Running, "");
        }
        if (status.getState() != null && status.getState().getTerminated() != null) {
            return new ProbeContainer(
                    NAME,
                    beside,
                    State.Failed,
                    "it ended with code " + status.getState().getTerminated().getExitCode()
                            + ", and Kubernetes starts no debug container twice");
        }
        String waiting = status.getState() == null || status.getState().getWaiting() == null
                ? "it is being started"
                : status.getState().getWaiting().getReason() + ": "
                        + status.getState().getWaiting().getMessage();
        return new ProbeContainer(NAME, beside, State.Starting, waiting);
    }

    /** Sees to it that the debug container runs beside a container; hands back its name. */
    ProbeResult<String> ensure(Target target) {
        ProbeContainer known = target.facts().probeContainer();
        if (known != null && known.state() == State.Running) {
            return named(known, target);
        }
        try {
            Pod pod = get(target);
            if (pod == null) {
                return new Refusal<>(RefusalReason.NotRunning, "the pod is gone");
            }
            ProbeContainer now = of(pod);
            if (now == null) {
                User user = target.facts().user();
                if (user == null) {
                    return unknownUser();
                }
                add(target, user);
            }
            return await(target);
        } catch (KubernetesClientException e) {
            return refused(e);
        }
    }

    private ProbeResult<String> await(Target target) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        ProbeContainer last = null;
        do {
            Pod pod = get(target);
            last = pod == null ? null : of(pod);
            if (last != null && last.state() != State.Starting) {
                return named(last, target);
            }
        } while (System.nanoTime() < end && pause());
        return new Refusal<>(
                RefusalReason.NoProbeContainer,
                "the debug container " + NAME + " is not running yet" + (last == null ? "" : ": " + last.detail()));
    }

    private static ProbeResult<String> named(ProbeContainer container, Target target) {
        if (container.state() == State.Failed) {
            return new Refusal<>(
                    RefusalReason.NoProbeContainer,
                    "the debug container " + NAME + " does not run: " + container.detail()
                            + ". A new pod gets a new one");
        }
        return container.beside().equals(target.container())
                ? new Success<>(container.name())
                : new Refusal<>(
                        RefusalReason.NoProbeContainer,
                        "the pod has its one debug container beside " + container.beside()
                                + ", and a pod gets no second one");
    }

    private @Nullable Pod get(Target target) {
        Pod pod = client.pods()
                .inNamespace(target.namespace())
                .withName(target.pod())
                .get();
        return pod == null || !target.podUid().equals(pod.getMetadata().getUid()) ? null : pod;
    }

    /** A strategic merge adds to the list by name, so that debug containers of others stay. */
    private void add(Target target, User user) {
        EphemeralContainer container = new EphemeralContainerBuilder()
                .withName(NAME)
                .withImage(image)
                .withImagePullPolicy("IfNotPresent")
                .withCommand(PROGRAM, "wait")
                .withTargetContainerName(target.container())
                .withSecurityContext(rights(user))
                .build();
        String patch = client.getKubernetesSerialization()
                .asJson(Map.of("spec", Map.of("ephemeralContainers", List.of(container))));
        long began = System.nanoTime();
        String outcome = "Failed";
        try {
            client.pods()
                    .inNamespace(target.namespace())
                    .withName(target.pod())
                    .ephemeralContainers()
                    .patch(PatchContext.of(PatchType.STRATEGIC_MERGE), patch);
            outcome = "Added";
        } catch (KubernetesClientException e) {
            outcome = "Refused " + e.getCode();
            throw e;
        } finally {
            additions.tried(target, outcome, Duration.ofNanos(System.nanoTime() - began));
        }
    }

    /**
     * The same user and group are all it needs to read what it reads. Root's processes are the exception: the kernel shows them only to those who have
     * their capabilities, too, so none is dropped beside them.
     */
    private static SecurityContext rights(User user) {
        SecurityContextBuilder rights = new SecurityContextBuilder()
                .withRunAsUser(user.uid())
                .withRunAsGroup(user.gid())
                .withAllowPrivilegeEscalation(false)
                .withReadOnlyRootFilesystem(true)
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile();
        return user.uid() == 0
                ? rights.build()
                : rights.withRunAsNonRoot(true)
                        .withNewCapabilities()
                        .withDrop("ALL")
                        .endCapabilities()
                        .build();
    }

    private static <T> Refusal<T> unknownUser() {
        return new Refusal<>(
                RefusalReason.OtherUser,
                "it is not known whom the container runs as, and the debug container must have the same user and group. Set"
                        + " securityContext.runAsUser and runAsGroup");
    }

    private static <T> ProbeResult<T> refused(KubernetesClientException e) {
        String words = e.getStatus() == null || e.getStatus().getMessage() == null
                ? String.valueOf(e.getMessage())
                : e.getStatus().getMessage();
        return switch (e.getCode()) {
            case FORBIDDEN ->
                new Refusal<>(
                        RefusalReason.NoProbeContainer,
                        "the cluster does not let Heapwarden add a debug container: " + words);
            case INVALID -> new Refusal<>(RefusalReason.NoProbeContainer, "the debug container is not valid: " + words);
            case NOT_FOUND -> new Refusal<>(RefusalReason.NotRunning, "the pod is gone");
            default -> new Failure<>(FailureReason.Unavailable, words);
        };
    }

    private static boolean pause() {
        try {
            Thread.sleep(BETWEEN_LOOKS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
