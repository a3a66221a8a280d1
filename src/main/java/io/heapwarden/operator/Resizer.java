package io.heapwarden.operator;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.heapwarden.api.ActionRecord;
import io.heapwarden.growth.Assessment;
import io.heapwarden.response.ActionOutcome;
import io.heapwarden.response.AttemptOutcome;
import io.heapwarden.response.GateDecision;
import io.heapwarden.response.MemorySize;
import io.heapwarden.response.PodResizer;
import io.heapwarden.response.ResizableContainer;
import io.heapwarden.response.ResizeDecision;
import io.heapwarden.response.ResizeDecision.Allowed;
import io.heapwarden.response.ResizeDecision.DryRun;
import io.heapwarden.response.ResizeDecision.Refused;
import io.heapwarden.response.ResizeGate;
import io.heapwarden.response.ResizeProposal;
import io.heapwarden.response.ResizeRules;
import io.heapwarden.response.ResizeTarget;
import io.heapwarden.response.WorkloadView;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Raises the memory limit of a leaking container whose restart has to wait, where the policy wants that. It goes the way of a restart: the pod of the
 * watch is enough to refuse by; to act, the pod is read anew, and the intent stands in the policy's status before anything is done.
 */
@ApplicationScoped
public class Resizer {

    private static final String WOULD = ActionLog.DryRunOutcome.WouldHaveResized.name();

    private final ResizeGate gate = new ResizeGate();
    private final KubernetesClient client;
    private final PodResizer resizer;
    private final ResizeSupport support;
    private final ActionLog log;
    private final PolicyStatusWriter status;
    private final ResizeNews news;

    Resizer(
            KubernetesClient client,
            PodResizer resizer,
            ResizeSupport support,
            ActionLog log,
            PolicyStatusWriter status,
            ResizeNews news) {
        this.client = client;
        this.resizer = resizer;
        this.support = support;
        this.log = log;
        this.status = status;
        this.news = news;
    }

    /** A resize that is considered: for which restart, by what rules. */
    private record Considered(
            RestartWish wish, String container, WorkloadView workload, ResizeProposal proposal, ResizeRules rules) {}

    /** The gate said something else when the policy was read anew. */
    private static final class SecondThoughts extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient ResizeDecision decision;

        SecondThoughts(ResizeDecision decision) {
            super(decision.sentence(), null, false, false);
            this.decision = decision;
        }
    }

    /**
     * Considers a pod whose restart was refused.
     *
     * @throws KubernetesClientException when the API server does not say what has to be known
     */
    void consider(RestartWish wish, WorkloadView workload, GateDecision.Refused restart) {
        Long ceiling = wish.plan().resizeCeiling();
        ContainerView growing = wish.container();
        Assessment assessment = growing == null ? null : growing.assessment();
        if (ceiling == null || growing == null || assessment == null) {
            return;
        }
        Considered considered = new Considered(
                wish,
                growing.container(),
                workload,
                new ResizeProposal(wish.identity(), assessment, restart),
                ResizeRules.of(wish.plan().restartRules(), ceiling, support.ability()));
        Optional<ResizeDecision> decision = decide(considered, wish.pod());
        if (decision.filter(Refused.class::isInstance).isEmpty()) {
            decision = decideNow(considered);
        }
        decision.ifPresent(last -> settle(considered, last));
    }

    /** Empty when the pod has no such container. */
    private Optional<ResizeDecision> decide(Considered considered, Pod pod) {
        return ResizableContainers.of(pod, considered.container()).map(container -> decide(considered, container));
    }

    private ResizeDecision decide(Considered considered, ResizableContainer container) {
        RestartWish wish = considered.wish();
        return gate.decide(
                considered.proposal(),
                container,
                considered.rules(),
                log.lastResize(wish.policy(), wish.identity().uid()).orElse(null),
                wish.at());
    }

    /** Decides by the pod as the API server has it, and resizes if it may be; empty when the pod is gone or going. */
    private Optional<ResizeDecision> decideNow(Considered considered) {
        Pod pod = readNow(considered.wish());
        if (pod == null) {
            return Optional.empty();
        }
        return ResizableContainers.of(pod, considered.container()).map(container -> {
            ResizeDecision decision = decide(considered, container);
            return decision instanceof Allowed allowed ? act(considered, pod, container, allowed) : decision;
        });
    }

    private @Nullable Pod readNow(RestartWish wish) {
        Pod pod = client.pods()
                .inNamespace(wish.identity().namespace())
                .withName(wish.identity().name())
                .get();
        boolean stands = pod != null
                && pod.getMetadata().getUid().equals(wish.identity().uid())
                && pod.getMetadata().getDeletionTimestamp() == null;
        return stands ? pod : null;
    }

    /** Resizes; hands back what the gate said at last. */
    private ResizeDecision act(Considered considered, Pod pod, ResizableContainer container, Allowed allowed) {
        RestartWish wish = considered.wish();
        ActionRecord.Resize resize = new ActionRecord.Resize(
                container.name(),
                MemorySize.spelled(allowed.from()),
                MemorySize.spelled(allowed.to()),
                allowed.number());
        ActionRecord intent =
                news.record(wish, considered.workload(), ActionOutcome.Intended.name(), allowed.sentence(), resize);
        ResizeTarget target = new ResizeTarget(
                wish.identity(),
                pod.getMetadata().getResourceVersion(),
                container.name(),
                allowed.to(),
                container.guaranteed());
        AttemptOutcome outcome;
        try {
            outcome = resizer.resize(target, () -> intend(considered, container, intent));
        } catch (SecondThoughts thoughts) {
            return thoughts.decision;
        } catch (KubernetesClientException unwritten) {
            outcome = new AttemptOutcome.Failed(
                    "Nothing was resized: the intent could not be written to the policy's status: "
                            + unwritten.getMessage());
        }
        String words = outcome.message().isEmpty() ? allowed.sentence() : outcome.message();
        log.put(
                wish.policy(),
                news.record(wish, considered.workload(), outcome.recordedAs().name(), words, resize));
        status.write(wish.plan().key());
        news.attempted(wish, container.name(), outcome, allowed.sentence());
        return allowed;
    }

    private void intend(Considered considered, ResizableContainer container, ActionRecord intent) {
        status.intend(considered.wish().plan().key(), now -> {
            log.learn(now);
            ResizeDecision decision = decide(considered, container);
            if (!(decision instanceof Allowed)) {
                throw new SecondThoughts(decision);
            }
            log.put(considered.wish().policy(), intent);
        });
        news.begins(considered.wish(), container.name(), String.valueOf(intent.reason()));
    }

    private void settle(Considered considered, ResizeDecision decision) {
        RestartWish wish = considered.wish();
        switch (decision) {
            case Allowed done -> {}
            case DryRun wouldBe -> would(considered, wouldBe.sentence());
            case Refused refused -> news.refused(wish.pod(), wish.plan(), refused);
        }
    }

    private void would(Considered considered, String sentence) {
        RestartWish wish = considered.wish();
        boolean said = log.of(wish.policy()).stream()
                .anyMatch(old -> old.podUid().equals(wish.identity().uid())
                        && old.outcome().equals(WOULD));
        if (!said) {
            log.put(wish.policy(), news.record(wish, considered.workload(), WOULD, sentence, null));
            status.write(wish.plan().key());
            news.would(wish.pod(), wish.plan(), sentence);
        }
    }
}
