package io.heapwarden.evidence.chain;

import io.heapwarden.evidence.chain.OldObjectSample.Link;
import io.heapwarden.evidence.chain.OldObjectSample.Root;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Samples as a JVM would give them, written from the root to the object, as people read them. */
final class Chains {

    static final Root MAIN = new Root("Threads", "Stack Variable", "Thread Name: main");
    static final Root CLASSES = new Root("Class Loader Data", "<unknown>", null);
    static final Root NATIVE = new Root("Global JNI Handles", "Global JNI Handle", null);

    private Chains() {}

    static Link statics(String owner, String field) {
        return new Link("java.lang.Class", "Class Name: " + owner, field, true, null, null, 0);
    }

    static Link field(String holder, String field) {
        return new Link(holder, null, field, false, null, null, 0);
    }

    static Link sized(String holder, String field, int size) {
        return new Link(holder, "Size: " + size, field, false, null, null, 0);
    }

    static Link thread(String name, String field) {
        return new Link("java.lang.Thread", "Thread Name: " + name, field, false, null, null, 0);
    }

    static Link element(String array, int index, int length) {
        return new Link(array, null, null, false, index, length, 0);
    }

    static OldObjectSample sample(String className, Root root, Link... fromRoot) {
        return new OldObjectSample(
                className,
                null,
                Instant.EPOCH,
                Duration.ofSeconds(30),
                1 << 20,
                List.of("java.util.HashMap.put:10", "com.shop.Orders.add:20"),
                List.of(fromRoot).reversed(),
                root);
    }

    static Chain of(OldObjectSample sample) {
        Chain best =
                new ChainChooser(List.of(), Map.of()).choose(List.of(sample), 0).best();
        if (best == null) {
            throw new IllegalStateException("no chain");
        }
        return best;
    }
}
