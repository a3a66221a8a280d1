package io.heapwarden.operator.evidence;

import io.heapwarden.api.Evidence;
import io.heapwarden.evidence.Floor;
import io.heapwarden.evidence.Judgement;
import io.heapwarden.evidence.Subject;
import io.heapwarden.probe.ChannelKind;
import io.heapwarden.probe.JvmReading;
import io.heapwarden.probe.Target;
import java.util.List;

/**
 * What is to be collected, of what, and why.
 *
 * @param target the container
 * @param subject the same, as the bundle names it
 * @param policy namespace and name of the policy
 * @param channels ways to the JVM that the policy allows
 * @param wish what the policy wants
 * @param judgement why
 * @param floor the series that grows
 * @param reading the last counters
 */
public record EvidenceOrder(
        Target target,
        Subject subject,
        String policy,
        List<ChannelKind> channels,
        Evidence wish,
        Judgement judgement,
        Floor floor,
        JvmReading reading) {

    /** Once for each molecule and revision: another pod of the same that leaks the same shows nothing new. */
    String sameness() {
        String culprit = judgement.culprits().isEmpty()
                ? judgement.verdict()
                : judgement.culprits().getFirst().className();
        return String.join(
                "|",
                subject.namespace(),
                String.valueOf(subject.workload()),
                String.valueOf(subject.revision()),
                subject.container(),
                culprit);
    }
}
