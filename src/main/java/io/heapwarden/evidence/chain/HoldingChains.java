package io.heapwarden.evidence.chain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a recording says about what holds the objects that leak.
 *
 * @param best the chain that agrees best with the classes that were found to leak; null when none of the samples has a chain
 * @param others further chains, the better ones first
 * @param samples objects that were sampled and still alive
 * @param withoutChain those of them for which the search found no way to a root before it was cut off
 */
public record HoldingChains(@Nullable Chain best, List<Chain> others, int samples, int withoutChain) {

    public HoldingChains {
        others = List.copyOf(others);
    }
}
