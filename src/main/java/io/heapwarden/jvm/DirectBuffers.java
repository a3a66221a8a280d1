package io.heapwarden.jvm;

/**
 * Direct buffers by what a class histogram counts. Their memory is outside of the heap and in no histogram; how many there are is.
 *
 * @param buffers objects that show direct memory, slices and read-only views included
 * @param allocations pieces of direct memory that are not given back yet: each has one Deallocator from {@code ByteBuffer.allocateDirect}
 * @param mapped files mapped into memory, each with an Unmapper
 * @param cleaners objects that will give something back once their owner is unreachable; more than {@code allocations} and {@code mapped} when the
 *     application's libraries use the JDK's internal cleaners, too
 */
public record DirectBuffers(long buffers, long allocations, long mapped, long cleaners) {

    /** Counts in a histogram of JDK 8 to 25. */
    public static DirectBuffers of(ClassHistogram histogram) {
        long[] counts = new long[4];
        histogram.forEach(entry -> {
            int kind = kind(entry.className());
            if (kind >= 0) {
                counts[kind] += entry.instances();
            }
        });
        return new DirectBuffers(counts[0], counts[1], counts[2], counts[3]);
    }

    private static int kind(String className) {
        return switch (className) {
            case "java.nio.DirectByteBuffer", "java.nio.DirectByteBufferR" -> 0;
            case "java.nio.DirectByteBuffer$Deallocator" -> 1;
            case "sun.nio.ch.FileChannelImpl$Unmapper",
                    "sun.nio.ch.FileChannelImpl$DefaultUnmapper",
                    "sun.nio.ch.FileChannelImpl$SyncUnmapper" -> 2;
            case "sun.misc.Cleaner", "jdk.internal.ref.Cleaner" -> 3;
            default -> -1;
        };
    }
}
