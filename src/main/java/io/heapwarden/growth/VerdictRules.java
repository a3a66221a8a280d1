package io.heapwarden.growth;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What kind of leak it is. The series that is told may be an effect: threads, class loaders and buffers hold heap. Where their own series rises
 * too, or the classes of the unit give it away, the cause is the verdict.
 */
final class VerdictRules {

    private VerdictRules() {}

    /** @param told the series that was told */
    static Verdict of(Signal told, Map<Watched, Growth> growths, Explanation explanation) {
        return switch (told) {
            case Metaspace, Classes, ClassLoaders -> Verdict.ClassLoaderLeak;
            case Threads -> Verdict.ThreadLeak;
            case DirectBuffers -> Verdict.DirectBufferLeak;
            case ContainerAnon, NativeGap ->
                explanation.buffersRise() ? Verdict.DirectBufferLeak : Verdict.NativeGrowth;
            default -> ofHeap(growths, explanation);
        };
    }

    private static Verdict ofHeap(Map<Watched, Growth> growths, Explanation explanation) {
        Verdict cause = explanation.cause();
        if (cause != null) {
            return cause;
        }
        if (rises(growths.get(Watched.Threads))) {
            return Verdict.ThreadLeak;
        }
        if (rises(growths.get(Watched.Classes)) && rises(growths.get(Watched.Metaspace))) {
            return Verdict.ClassLoaderLeak;
        }
        Growth direct = growths.get(Watched.Direct);
        Growth heap = LeakRules.heap(growths);
        boolean moreOutside = direct != null && heap != null && direct.grown() > heap.grown();
        return moreOutside && rises(direct) ? Verdict.DirectBufferLeak : Verdict.RetentionLeak;
    }

    private static boolean rises(@Nullable Growth growth) {
        return growth != null
                && growth.recentlyRising()
                && !growth.known()
                && growth.grown() >= growth.watched().leastGrowth(growth.limit());
    }
}
