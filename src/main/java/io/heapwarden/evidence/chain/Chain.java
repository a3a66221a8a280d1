package io.heapwarden.evidence.chain;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One way in which objects are held, and the samples that are held so.
 *
 * @param className class of the objects
 * @param steps from what the chain hangs on to the objects; empty when the root refers to them directly
 * @param root where it hangs
 * @param holder what kind of structure keeps them
 * @param threadName the thread, where the root is one, with every number in it written as N; null otherwise
 * @param namesCulprit whether the objects, or what is in the chain, are of a class that was found to leak
 * @param samples sampled objects that are held so
 * @param oldest age of the oldest of them
 * @param allocationFrame the innermost frame outside the JDK that allocated the oldest, or the innermost at all; null when none was recorded
 */
public record Chain(
        String className,
        List<Step> steps,
        Classified<RootKind> root,
        Classified<HolderKind> holder,
        @Nullable String threadName,
        boolean namesCulprit,
        int samples,
        Duration oldest,
        @Nullable String allocationFrame) {

    public Chain {
        steps = List.copyOf(steps);
    }

    /** {@code static OrderService.INSTANCE → cache → quotes (HashMap, 7.8 M entries) → Quote.body}. */
    public String line() {
        return ChainWords.line(this);
    }

    /** What holds the objects, what to look at, and where they were allocated. */
    public String sentence() {
        return ChainWords.sentence(this);
    }
}
