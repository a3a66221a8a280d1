package io.heapwarden.probe;

import io.heapwarden.probe.CommandRunner.CommandOutput;
import io.heapwarden.probe.ProbeResult.Failure;
import io.heapwarden.probe.ProbeResult.FailureReason;
import io.heapwarden.probe.ProbeResult.Refusal;
import io.heapwarden.probe.ProbeResult.Success;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * The content of a file as {@code file.sh read} writes it: a section with its size, a section with that many bytes, and the last line. An output that ends
 * early or goes on is told by that, whatever way it came.
 */
final class FileContent extends InputStream {

    private static final int MOST_HEAD = 4096;
    private static final int DIGITS = 18;

    private final InputStream output;
    private final byte[] trailer;
    private final long size;
    private long left;
    private boolean ended;

    private FileContent(InputStream output, String boundary, long size) {
        this.output = output;
        this.trailer = ("\n" + boundary + " end 2\n").getBytes(StandardCharsets.US_ASCII);
        this.size = size;
        this.left = size;
    }

    /** Reads up to where the content begins. The output is closed unless it is handed back. */
    static ProbeResult<InputStream> open(InputStream output, String boundary) throws IOException {
        boolean handedOver = false;
        try {
            ByteArrayOutputStream head = new ByteArrayOutputStream();
            String contentNext = "\n" + boundary + " content\n";
            while (head.size() < MOST_HEAD) {
                int next = output.read();
                if (next < 0) {
                    return withoutContent(head.toByteArray(), boundary);
                }
                head.write(next);
                if (next == '\n' && head.toString(StandardCharsets.US_ASCII).endsWith(contentNext)) {
                    String said = head.toString(StandardCharsets.US_ASCII);
                    ProbeResult<InputStream> content =
                            content(output, boundary, said.substring(0, said.length() - contentNext.length()));
                    handedOver = content instanceof Success;
                    return content;
                }
            }
            return new Failure<>(FailureReason.Garbled, "the answer of file.sh does not begin as it must");
        } finally {
            if (!handedOver) {
                output.close();
            }
        }
    }

    private static ProbeResult<InputStream> content(InputStream output, String boundary, String head) {
        String sizeFirst = "\n" + boundary + " size\n";
        String digits =
                head.startsWith(sizeFirst) ? head.substring(sizeFirst.length()).strip() : "";
        return digits.matches("[0-9]{1," + DIGITS + "}")
                ? new Success<>(new FileContent(output, boundary, Long.parseLong(digits)))
                : new Failure<>(FailureReason.Garbled, "file.sh said no size: " + Frame.shortened(head));
    }

    private static ProbeResult<InputStream> withoutContent(byte[] said, String boundary) {
        return switch (Frame.parse(new CommandOutput(said, false, ""), boundary)) {
            case Refusal<Frame> r -> new Refusal<>(r.reason(), r.detail());
            case Failure<Frame> f -> new Failure<>(f.reason(), f.detail());
            case Success<Frame>(Frame frame) ->
                ContainerFiles.refusal(frame.text("refused").strip());
        };
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (left == 0) {
            end();
            return -1;
        }
        int read = output.read(bytes, offset, (int) Math.min(length, left));
        if (read < 0) {
            throw new IOException("the file's content ended after %d of %d bytes".formatted(size - left, size));
        }
        left -= read;
        return read;
    }

    private void end() throws IOException {
        if (ended) {
            return;
        }
        byte[] last = output.readNBytes(trailer.length);
        if (!java.util.Arrays.equals(last, trailer) || output.read() >= 0) {
            throw new IOException(
                    "after its %d bytes the file went on, or could not be read to its end: it was changed meanwhile"
                            .formatted(size));
        }
        ended = true;
    }

    @Override
    public void close() throws IOException {
        output.close();
    }
}
