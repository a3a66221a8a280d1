package io.heapwarden.evidence.heapdump;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The identifiers of the names under which classes keep a hash code of their contents: {@code hash}, as String, HashMap.Node and URI do, and
 * {@code hashCode}, as URL does.
 */
final class HashNames {

    private static final List<byte[]> NAMES =
            List.of("hash".getBytes(StandardCharsets.US_ASCII), "hashCode".getBytes(StandardCharsets.US_ASCII));

    /** A JVM has each name once. */
    private static final int MOST = 64;

    private final Set<Long> identifiers = new HashSet<>();

    /** Takes note of a symbol. */
    void see(long identifier, byte[] text) {
        if (identifiers.size() < MOST && NAMES.stream().anyMatch(name -> Arrays.equals(name, text))) {
            identifiers.add(identifier);
        }
    }

    boolean contains(long identifier) {
        return identifiers.contains(identifier);
    }
}
