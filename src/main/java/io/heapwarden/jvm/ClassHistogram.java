package io.heapwarden.jvm;

import java.util.function.Consumer;

/**
 * Instances and bytes of each class at one moment. Names are as in Java source ({@code byte[]}, {@code com.shop.Order}); classes of one name
 * from several loaders, and generated names that differ by an address or number only, are one entry. Dead objects that the JVM fills gaps in the
 * heap with are left out, of the totals as well, where it marks them.
 */
public interface ClassHistogram {

    /** Number of classes. */
    int size();

    /** Sum of instances over all classes, as the JVM said it. */
    long totalInstances();

    /** Sum of bytes over all classes, as the JVM said it. */
    long totalBytes();

    /** Visits every class once, largest first. */
    void forEach(Consumer<Entry> visitor);

    /**
     * One class.
     *
     * @param className as in Java source
     * @param instances number of objects
     * @param bytes their own size, without what they refer to
     */
    record Entry(String className, long instances, long bytes) {}
}
