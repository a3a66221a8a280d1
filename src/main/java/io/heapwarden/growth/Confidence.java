package io.heapwarden.growth;

import org.jspecify.annotations.Nullable;

/**
 * How likely a verdict is right: a logistic sum. The share of the headroom is the prior, since growth of unknown end that has used a share of its
 * room reaches the end with about that chance; what has been seen adds to it.
 */
record Confidence(Evidence evidence, WorkloadKnowledge knowledge) {

    /** Of a verdict that nothing grows; never certain, since slow growth shows late. */
    static final double HEALTHY = 0.9;

    /** Growth that only the container's memory shows may always be allocator arenas or buffers that level off. */
    static final double MOST_NATIVE = 0.5;

    private static final double TESTED = 2;
    private static final double WITH_GARBAGE = 0.5;
    private static final double EXPLAINED = 1;
    private static final double LEAST_EXPLAINED = 0.7;

    double of(State state, Verdict verdict, @Nullable Growth shown, Explanation explanation) {
        if (state == State.WarmingUp) {
            return 0;
        }
        if (shown == null) {
            return HEALTHY;
        }
        double prior = Math.clamp(shown.share(), 0.01, 0.99);
        double logit = Math.log(prior / (1 - prior))
                + (evidence.tested() ? TESTED : evidence == Evidence.HistogramsWithGarbage ? WITH_GARBAGE : 0)
                + (explanation.ownClass() && explanation.share() >= LEAST_EXPLAINED ? EXPLAINED : 0)
                + WorkloadReasons.weight(knowledge, shown, explanation.culprits());
        double confidence = 1 / (1 + Math.exp(-logit));
        return verdict == Verdict.NativeGrowth ? Math.min(confidence, MOST_NATIVE) : confidence;
    }
}
