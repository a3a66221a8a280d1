package io.heapwarden.jvm;

/**
 * Class names seen in histograms, kept between parses and shared by all of them, so that a known class costs a look-up and no allocation.
 *
 * <p>Names come from containers that are not trusted, so what is kept is bounded: {@value #MAX_NAMES} names of at most {@value #MAX_NAME_BYTES}
 * bytes each and {@value #MAX_TOTAL_BYTES} bytes together, which is about 20 MB of heap. A name beyond the bound is still read rightly, it is
 * only allocated anew in each parse; and once the bound is reached the next parse starts over with an empty table, so that one pod with endless
 * generated names cannot slow the others down for good. Safe for use by several threads.
 */
public final class ClassNames {

    /** Most names kept. */
    public static final int MAX_NAMES = 1 << 16;

    /** Longest name kept, in bytes. */
    public static final int MAX_NAME_BYTES = 512;

    /** Most bytes of names kept. */
    public static final int MAX_TOTAL_BYTES = 8 << 20;

    private final int maxNames;
    private volatile ClassNameTable table;

    /** An empty table with the default bound. */
    public ClassNames() {
        this(MAX_NAMES);
    }

    /** An empty table that keeps at most this many names. */
    ClassNames(int maxNames) {
        this.maxNames = maxNames;
        this.table = new ClassNameTable(maxNames);
    }

    /** How many names are kept now. */
    public int size() {
        return table.size();
    }

    /** The table that one parse uses from its beginning to its end. */
    ClassNameTable open() {
        ClassNameTable current = table;
        if (current.isFull()) {
            current = new ClassNameTable(maxNames);
            table = current;
        }
        return current;
    }
}
