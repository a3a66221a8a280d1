package io.heapwarden.jvm;

import java.util.Arrays;
import java.util.function.Consumer;

/**
 * A histogram made to be kept: shared names, and the numbers as base-128 variable-length integers, about 9 bytes a class. An operator holds
 * several for each suspicious pod.
 */
final class CompactHistogram implements ClassHistogram {

    private static final int PAYLOAD_BITS = 7;
    private static final int MORE = 1 << PAYLOAD_BITS;
    private static final int LONGEST_NUMBER = 9;

    private final String[] names;
    private final byte[] numbers;
    private final long totalInstances;
    private final long totalBytes;

    private CompactHistogram(String[] names, byte[] numbers, long totalInstances, long totalBytes) {
        this.names = names;
        this.numbers = numbers;
        this.totalInstances = totalInstances;
        this.totalBytes = totalBytes;
    }

    @Override
    public int size() {
        return names.length;
    }

    @Override
    public long totalInstances() {
        return totalInstances;
    }

    @Override
    public long totalBytes() {
        return totalBytes;
    }

    @Override
    public void forEach(Consumer<Entry> visitor) {
        int at = 0;
        for (String name : names) {
            long instances = 0;
            for (int shift = 0; ; shift += PAYLOAD_BITS) {
                byte b = numbers[at++];
                instances |= (long) (b & MORE - 1) << shift;
                if (b >= 0) {
                    break;
                }
            }
            long bytes = 0;
            for (int shift = 0; ; shift += PAYLOAD_BITS) {
                byte b = numbers[at++];
                bytes |= (long) (b & MORE - 1) << shift;
                if (b >= 0) {
                    break;
                }
            }
            visitor.accept(new Entry(name, instances, bytes));
        }
    }

    /** Takes classes in the order in which they will be visited. */
    static final class Builder {

        private static final int USUAL_BYTES_PER_CLASS = 6;

        private final String[] names;
        private byte[] numbers;
        private int size;
        private int end;

        Builder(int classes) {
            names = new String[classes];
            numbers = new byte[classes * USUAL_BYTES_PER_CLASS];
        }

        void add(String name, long instances, long bytes) {
            names[size++] = name;
            if (end + 2 * LONGEST_NUMBER > numbers.length) {
                numbers = Arrays.copyOf(numbers, numbers.length * 2 + 2 * LONGEST_NUMBER);
            }
            append(instances);
            append(bytes);
        }

        private void append(long number) {
            long rest = number;
            while (rest >= MORE) {
                numbers[end++] = (byte) (rest & MORE - 1 | MORE);
                rest >>>= PAYLOAD_BITS;
            }
            numbers[end++] = (byte) rest;
        }

        CompactHistogram build(long totalInstances, long totalBytes) {
            return new CompactHistogram(names, Arrays.copyOf(numbers, end), totalInstances, totalBytes);
        }
    }
}
