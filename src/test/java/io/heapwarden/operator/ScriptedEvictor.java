package io.heapwarden.operator;

import io.heapwarden.response.EvictionOutcome;
import io.heapwarden.response.PodEvictor;
import io.heapwarden.response.PodIdentity;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An Eviction API that answers as a script says. Like the real one it rehearses, has the intent written down, and then acts. */
final class ScriptedEvictor implements PodEvictor {

    final List<PodIdentity> evicted = new ArrayList<>();
    EvictionOutcome rehearsal = new EvictionOutcome.Evicted();
    Runnable justBefore = () -> {};
    private @Nullable EvictionOutcome outcome;

    void answering(EvictionOutcome scripted) {
        outcome = scripted;
    }

    @Override
    public EvictionOutcome rehearse(PodIdentity pod) {
        return rehearsal;
    }

    @Override
    public EvictionOutcome evict(PodIdentity pod, Runnable beforeActing) {
        if (!(rehearsal instanceof EvictionOutcome.Evicted)) {
            return rehearsal;
        }
        beforeActing.run();
        justBefore.run();
        evicted.add(pod);
        return outcome == null ? new EvictionOutcome.Evicted() : outcome;
    }
}
