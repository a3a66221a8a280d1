package io.heapwarden.jvm;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Room for the rows of one histogram, to be filled again and again by {@link HistogramParser#parse(byte[], int, HistogramRows)} so that parsing
 * allocates nothing. Not for use by several threads at once.
 */
public final class HistogramRows {

    private static final int FIRST_ROWS = 1024;

    /** Bits of a sort key that hold the row; {@link HistogramParser#MAX_ROWS} rows fit. */
    private static final int ROW_BITS = 20;

    private static final long LARGEST_KEY = (1L << Long.SIZE - 1 - ROW_BITS) - 1;

    private String[] names = new String[FIRST_ROWS];
    private int[] ids = new int[FIRST_ROWS];
    private long[] instances = new long[FIRST_ROWS];
    private long[] bytes = new long[FIRST_ROWS];
    private int[] rowOfId = new int[FIRST_ROWS];
    private final Map<String, Integer> rowOfUnkept = new HashMap<>();
    private int size;
    private long totalInstances;
    private long totalBytes;

    /** An empty room. */
    public HistogramRows() {}

    void clear() {
        size = 0;
        totalInstances = 0;
        totalBytes = 0;
        rowOfUnkept.clear();
    }

    /** Adds to the row of this class. The caller has checked that no sum can overflow. */
    void add(ClassNameTable.Name name, long addedInstances, long addedBytes) {
        int row = rowOf(name);
        if (row == size) {
            append(name);
        }
        instances[row] += addedInstances;
        bytes[row] += addedBytes;
        totalInstances += addedInstances;
        totalBytes += addedBytes;
    }

    /** The row of this class; {@code size} when it has none yet. */
    private int rowOf(ClassNameTable.Name name) {
        int id = name.id();
        // A sparse set: what rowOfId holds counts only when that row names this class, so nothing has to be cleared
        // between parses.
        if (id >= 0 && id < rowOfId.length) {
            int row = rowOfId[id];
            if (row < size && ids[row] == id) {
                return row;
            }
        }
        return rowOfUnkept.isEmpty() ? size : rowOfUnkept.getOrDefault(name.javaName(), size);
    }

    private void append(ClassNameTable.Name name) {
        if (size == names.length) {
            int larger = size * 2;
            names = Arrays.copyOf(names, larger);
            ids = Arrays.copyOf(ids, larger);
            instances = Arrays.copyOf(instances, larger);
            bytes = Arrays.copyOf(bytes, larger);
        }
        int id = name.id();
        if (id < 0) {
            rowOfUnkept.put(name.javaName(), size);
        } else {
            if (id >= rowOfId.length) {
                rowOfId = Arrays.copyOf(rowOfId, Math.max(id + 1, rowOfId.length * 2));
            }
            rowOfId[id] = size;
        }
        names[size] = name.javaName();
        ids[size] = id;
        instances[size] = 0;
        bytes[size] = 0;
        size++;
    }

    /** Number of classes. */
    public int size() {
        return size;
    }

    /** Sum of instances over all classes. */
    public long totalInstances() {
        return totalInstances;
    }

    /** Sum of bytes over all classes. */
    public long totalBytes() {
        return totalBytes;
    }

    /** A compact copy to keep, largest class first. */
    public ClassHistogram toHistogram() {
        long[] order = new long[size];
        for (int row = 0; row < size; row++) {
            // Descending by bytes, then as the JVM printed them. Joined classes are out of the JVM's order.
            order[row] = LARGEST_KEY - Math.min(LARGEST_KEY, bytes[row]) << ROW_BITS | row;
        }
        Arrays.sort(order);
        CompactHistogram.Builder histogram = new CompactHistogram.Builder(size);
        for (long key : order) {
            int row = (int) key & (1 << ROW_BITS) - 1;
            histogram.add(names[row], instances[row], bytes[row]);
        }
        return histogram.build(totalInstances, totalBytes);
    }
}
