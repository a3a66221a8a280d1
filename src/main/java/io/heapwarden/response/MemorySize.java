package io.heapwarden.response;

/** Sizes of memory as Kubernetes spells them, and the steps in which a limit is raised. */
public final class MemorySize {

    private static final long MIB = 1L << 20;

    /** A quarter more: enough to matter, and little enough that the node has it. */
    private static final double STEP = 1.25;

    private MemorySize() {}

    /** As a quantity that says exactly as much: {@code 400Mi}, or bytes where it is no whole number of MiB. */
    public static String spelled(long bytes) {
        return bytes % MIB == 0 ? bytes / MIB + "Mi" : String.valueOf(bytes);
    }

    /** The next higher limit, in whole MiB, but never above the ceiling. In bytes, as both arguments. */
    static long next(long limit, long ceiling) {
        long wanted = (long) Math.ceil(limit * STEP);
        return Math.min(Math.ceilDiv(wanted, MIB) * MIB, ceiling);
    }
}
