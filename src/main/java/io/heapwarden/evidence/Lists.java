package io.heapwarden.evidence;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists of a manifest, which in a foreign one may be missing. */
final class Lists {

    private Lists() {}

    /** A copy; empty for none. */
    static <T> List<T> copy(@Nullable List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }
}
