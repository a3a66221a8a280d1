package io.heapwarden.evidence.collect;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What is wanted of chains of references.
 *
 * @param recording how long objects are sampled; at least one collection should fall into it
 * @param maxPause the longest that the search at the end may stop the application
 * @param culprits classes that were found to leak, as a histogram spells them; may be empty
 * @param instances objects of each class by a class histogram; may be empty
 * @param others most chains to give besides the best
 */
public record ChainOrder(
        Duration recording, Duration maxPause, List<String> culprits, Map<String, Long> instances, int others) {

    public static final Duration DEFAULT_RECORDING = Duration.ofSeconds(30);
    public static final Duration DEFAULT_MAX_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_RECORDING = Duration.ofHours(1);
    private static final int DEFAULT_OTHERS = 4;

    public ChainOrder {
        culprits = List.copyOf(culprits);
        instances = Map.copyOf(instances);
        if (recording.isNegative() || recording.compareTo(LONGEST_RECORDING) > 0) {
            throw new IllegalArgumentException("objects are sampled for up to an hour, not for " + recording);
        }
    }

    /** With every default. */
    public static ChainOrder of(List<String> culprits, Map<String, Long> instances) {
        return new ChainOrder(DEFAULT_RECORDING, DEFAULT_MAX_PAUSE, culprits, instances, DEFAULT_OTHERS);
    }
}
