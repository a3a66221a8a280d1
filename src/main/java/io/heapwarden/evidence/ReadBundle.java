package io.heapwarden.evidence;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A bundle as it was read.
 *
 * @param manifest what it says of itself
 * @param parts bytes by file name, only of parts whose length and digest are those of the manifest
 * @param damage what is wrong with it, in sentences; empty when it is whole
 */
public record ReadBundle(Manifest manifest, Map<String, byte[]> parts, List<String> damage) {

    public ReadBundle {
        parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
        damage = List.copyOf(damage);
    }

    /** Bytes of a part; null when it is not there or damaged. */
    public byte @Nullable [] part(Part part) {
        return parts.get(part.fileName());
    }
}
