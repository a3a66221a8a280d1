package io.heapwarden.probe;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of containers, by their id. Containers end without telling, so the least recently asked are forgotten when there are more
 * than one operator watches. Safe for use by many threads.
 *
 * @param <V> what is remembered
 */
final class Remembered<V> {

    private static final int MOST = 50_000;

    private final Map<String, V> byContainer = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
            return size() > MOST;
        }
    };

    synchronized @Nullable V get(String containerId) {
        return byContainer.get(containerId);
    }

    synchronized void put(String containerId, V value) {
        byContainer.put(containerId, value);
    }

    synchronized void forget(String containerId) {
        byContainer.remove(containerId);
    }

    /** Changes what is remembered, from a first value where nothing is; hands back what is remembered now. */
    synchronized V change(String containerId, Function<String, V> first, UnaryOperator<V> change) {
        V known = byContainer.get(containerId);
        V changed = change.apply(known == null ? first.apply(containerId) : known);
        byContainer.put(containerId, changed);
        return changed;
    }
}
