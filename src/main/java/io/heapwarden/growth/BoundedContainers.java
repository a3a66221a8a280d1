package io.heapwarden.growth;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Containers that people bound or let expire, told by the classes of their entries: a cache is expected to fill, so that growth in one has to go
 * further before it is a leak. A LinkedHashMap is what the JDK offers for a cache of least recently used entries; Caffeine writes the bound into the
 * names of its nodes (M a maximum size, A and W expiry); Guava's entries say whether accesses and writes are tracked.
 */
final class BoundedContainers {

    private static final Pattern ENTRIES =
            Pattern.compile("java\\.util\\.LinkedHashMap\\$Entry|java\\.util\\.LinkedHashMap"
                    + "|java\\.lang\\.ref\\.SoftReference|com\\.github\\.benmanes\\.caffeine\\.cache\\.[A-Z]*[AWM][A-Z]*"
                    + "|com\\.google\\.common\\.cache\\.LocalCache.*(Access|Write).*|org\\.ehcache\\..*|org\\.infinispan\\..*|net\\.sf\\.ehcache\\..*"
                    + "|.*(Lru|LRU|SoftReference)\\w*");

    private BoundedContainers() {}

    /** Whether such a container holds what rises. */
    static boolean hold(Explanation explanation) {
        List<Culprit> culprits = explanation.culprits();
        if (culprits.isEmpty()) {
            return false;
        }
        String heldBy = culprits.getFirst().heldBy();
        return heldBy != null && ENTRIES.matcher(heldBy).matches()
                || culprits.stream().anyMatch(culprit -> ENTRIES.matcher(culprit.className())
                        .matches());
    }
}
