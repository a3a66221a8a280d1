package io.heapwarden.operator.evidence;

import io.heapwarden.api.Evidence;
import io.heapwarden.evidence.Floor;
import io.heapwarden.evidence.Judgement;
import io.heapwarden.evidence.Subject;
import io.heapwarden.probe.ChannelKind;
import io.heapwarden.probe.JvmReading;
import io.heapwarden.probe.Target;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be collected, of what, and why.
 *
 * @param target the container
 * @param subject the same, as the bundle names it
 * @param policy namespace and name of the policy
 * @param channels ways to the JVM that the policy allows
 * @param wish what the policy wants
 * @param judgement why
 * @param finding rule of the security finding that it is for; null when growth is the reason
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
        @Nullable String finding,
        Floor floor,
        JvmReading reading) {

    /** A pod's evidence of its growth is one thing, that of its findings another. */
    public Reason reason() {
        return finding == null ? Reason.Growth : Reason.Finding;
    }

    /** What evidence is for. */
    public enum Reason {
        Growth,
        Finding
    }

    /** Once for each revision and molecule, or rule of a finding: another pod of the same that shows the same shows nothing new. */
    String sameness() {
        String shown = judgement.culprits().isEmpty()
                ? judgement.verdict()
                : judgement.culprits().getFirst().className();
        return String.join(
                "|",
                subject.namespace(),
                String.valueOf(subject.workload()),
                String.valueOf(subject.revision()),
                subject.container(),
                finding == null ? shown : "finding " + finding);
    }
}
