package io.heapwarden.operator;

import io.heapwarden.response.ActionOutcome;
import io.heapwarden.response.AttemptOutcome;
import io.heapwarden.response.PodIdentity;
import io.heapwarden.response.RestartStrategy;
import io.heapwarden.response.RestartTarget;
import io.heapwarden.response.RestartWay;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An Eviction API that answers as a script says. Like the real one it rehearses, has the intent written down, and then acts. */
final class ScriptedEvictor implements RestartStrategy {

    final List<PodIdentity> evicted = new ArrayList<>();
    AttemptOutcome rehearsal = new AttemptOutcome.Done(ActionOutcome.Evicted);
    Runnable justBefore = () -> {};
    private @Nullable AttemptOutcome outcome;

    void answering(AttemptOutcome scripted) {
        outcome = scripted;
    }

    @Override
    public RestartWay way() {
        return RestartWay.Evict;
    }

    @Override
    public AttemptOutcome rehearse(RestartTarget target) {
        return rehearsal;
    }

    @Override
    public AttemptOutcome restart(RestartTarget target, Runnable beforeActing) {
        if (!(rehearsal instanceof AttemptOutcome.Done)) {
            return rehearsal;
        }
        beforeActing.run();
        justBefore.run();
        evicted.add(target.pod());
        return outcome == null ? new AttemptOutcome.Done(ActionOutcome.Evicted) : outcome;
    }
}
