package io.heapwarden.probe;

import io.heapwarden.probe.ProbeResult.Refusal;
import io.heapwarden.probe.ProbeResult.RefusalReason;
import io.heapwarden.probe.ProbeResult.Success;
import java.io.File;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;

/** Reads what commands of this machine write, and may lose the connection to them in the middle. */
public final class LocalStreams implements StreamRunner {

    private final long cutAfter;

    private LocalStreams(long cutAfter) {
        this.cutAfter = cutAfter;
    }

    public static LocalStreams whole() {
        return new LocalStreams(Long.MAX_VALUE);
    }

    /** The command is ended, as a container may be, once so many bytes have been read. */
    public static LocalStreams cutAfter(long bytes) {
        return new LocalStreams(bytes);
    }

    @Override
    public ProbeResult<InputStream> open(Target target, List<String> command, Duration limit) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectInput(new File("/dev/null"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return new Success<>(new Output(process, cutAfter));
        } catch (IOException e) {
            return new Refusal<>(RefusalReason.NoShell, String.valueOf(e.getMessage()));
        }
    }

    private static final class Output extends FilterInputStream {

        private final Process process;
        private long left;

        Output(Process process, long cutAfter) {
            super(process.getInputStream());
            this.process = process;
            this.left = cutAfter;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (left == 0) {
                end();
                throw new IOException("the connection to the container was lost");
            }
            int read = in.read(bytes, offset, (int) Math.min(length, left));
            if (read < 0 && process.onExit().join().exitValue() != 0) {
                throw new IOException("the command ended with code " + process.exitValue());
            }
            left -= Math.max(0, read);
            return read;
        }

        private void end() {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().onExit().join();
        }

        @Override
        public void close() throws IOException {
            end();
            super.close();
        }
    }
}
