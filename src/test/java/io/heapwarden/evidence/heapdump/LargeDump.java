package io.heapwarden.evidence.heapdump;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * A dump of any size that is made while it is read: the beginning of a {@link SampleDump}, then segments of 1 MiB of instances and arrays in the
 * sizes and numbers of a heap of small objects, over and over. As a program, sends one through a {@link HeapDumpStream}; arguments are its MiB and
 * whether to redact it.
 */
final class LargeDump extends InputStream {

    private static final int SEGMENT = 1 << 20;

    private final byte[] head;
    private final byte[] segment;
    private final byte[] end = {0x2C, 0, 0, 0, 0, 0, 0, 0, 0};
    private final long segments;
    private long position;

    LargeDump(long mebibytes) {
        SampleDump sample = new SampleDump("1.0.2", 8).classes().endSegment();
        head = sample.plain();
        SampleDump objects = new SampleDump("1.0.2", 8);
        int before = objects.plain().length;
        Random random = new Random(1);
        long identifier = 0x1_0000;
        for (int bytes = 0; bytes < SEGMENT - 600; bytes += 33 + 48 + 26 + 200) {
            byte[] text = new byte[24 + random.nextInt(300)];
            random.nextBytes(text);
            objects.instance(identifier, identifier + 8).subclassInstance(identifier + 16, identifier);
            objects.primitiveArray(identifier + 8, 8, text).objectArray(identifier + 24, identifier, identifier + 16);
            identifier += 32;
        }
        byte[] whole = objects.endSegment().plain();
        segment = Arrays.copyOfRange(whole, before, whole.length);
        segments = (mebibytes << 20) / segment.length + 1;
    }

    /** Bytes it has. */
    long size() {
        return head.length + segments * segment.length + end.length;
    }

    @Override
    public int read() {
        throw new UnsupportedOperationException("read whole buffers");
    }

    @Override
    public int read(byte[] to, int offset, int length) {
        if (position == size()) {
            return -1;
        }
        byte[] part = head;
        long start = position;
        long inSegments = position - head.length;
        if (inSegments >= segments * segment.length) {
            part = end;
            start = inSegments - segments * segment.length;
        } else if (inSegments >= 0) {
            part = segment;
            start = inSegments % segment.length;
        }
        int count = (int) Math.min(length, part.length - start);
        ByteBuffer.wrap(part, (int) start, count).get(to, offset, count);
        position += count;
        return count;
    }

    /** Prints whether it was complete, bytes read and written, arrays, processor time in ms, and the peak of the heap in MiB. */
    public static void main(String[] arguments) throws IOException {
        LargeDump dump = new LargeDump(Long.parseLong(arguments[0]));
        AgeRecipients recipients =
                AgeRecipients.parse(List.of(AgeIdentity.generate().recipient()));
        TransferRules rules = new TransferRules(
                Boolean.parseBoolean(arguments[1]), recipients, Long.MAX_VALUE, Duration.ofMinutes(10));
        long started = System.nanoTime();
        HeapDumpTransfer transfer = new HeapDumpStream(rules).transfer(dump, OutputStream.nullOutputStream());
        long wall = (System.nanoTime() - started) / 1_000_000;
        long processor = ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .orElse(Duration.ZERO)
                .toMillis();
        long peak = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
        System.out.printf(
                "complete=%s read=%d of=%d written=%d arrays=%d wall=%d cpu=%d heap=%d%n",
                transfer.complete(),
                transfer.bytesRead(),
                dump.size(),
                transfer.bytesWritten(),
                transfer.redaction().arrays(),
                wall,
                processor,
                peak >> 20);
    }
}
