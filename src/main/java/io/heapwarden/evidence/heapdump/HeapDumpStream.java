package io.heapwarden.evidence.heapdump;

import io.heapwarden.evidence.heapdump.TransferEnding.Complete;
import io.heapwarden.evidence.heapdump.TransferEnding.Incomplete;
import io.heapwarden.evidence.heapdump.TransferEnding.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Sends heap dumps from where they are read to where they are kept: redacted if so wished, compressed with gzip, encrypted with age if there
 * are recipients. Takes a few hundred KiB and what {@link ClassLayouts} keeps, whatever the size of the dump.
 */
public final class HeapDumpStream {

    private static final int BUFFER = 1 << 16;

    private final TransferRules rules;

    public HeapDumpStream(TransferRules rules) {
        this.rules = rules;
    }

    /**
     * Sends one dump and waits for it, at most for the time limit. Whatever goes wrong is in the result.
     *
     * <p>Neither stream is closed; the caller closes both, always. That is also what ends a read or write that is stuck when the time is up: it is
     * interrupted, which not every stream heeds, and left behind on its own thread. Nothing more is written then.
     *
     * @param source the dump, not compressed
     * @param sink where it goes to
     */
    public HeapDumpTransfer transfer(InputStream source, OutputStream sink) {
        Transfer transfer = new Transfer(rules, source, sink);
        FutureTask<TransferEnding> task = new FutureTask<>(transfer::run);
        // Compressing keeps a processor busy for seconds, which would hold up the other virtual threads of a small
        // operator.
        Thread thread = Thread.ofPlatform().daemon().name("heap-dump-transfer").start(task);
        TransferEnding ending = await(task, thread, rules.timeLimit());
        return transfer.result(ending);
    }

    private static TransferEnding await(FutureTask<TransferEnding> task, Thread thread, Duration timeLimit) {
        try {
            return task.get(timeLimit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            thread.interrupt();
            return new Incomplete(
                    Reason.TimeLimit,
                    "The dump was not sent within " + timeLimit.toMillis()
                            + " ms: allow more time, or look at what is slow");
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
            return new Incomplete(Reason.Interrupted, "Sending the dump was interrupted");
        } catch (ExecutionException e) {
            throw new IllegalStateException("sending a heap dump failed in a way that was not foreseen", e.getCause());
        }
    }

    /** One dump on its way. */
    private static final class Transfer {

        private final TransferRules rules;
        private final MeteredSource source;
        private final MeteredSink sink;
        private volatile @Nullable HeapDumpRedactor redactor;

        Transfer(TransferRules rules, InputStream source, OutputStream sink) {
            this.rules = rules;
            this.source = new MeteredSource(source);
            this.sink = new MeteredSink(sink, rules.mostBytes());
        }

        HeapDumpTransfer result(TransferEnding ending) {
            MeteredSink.Written written = sink.seal();
            HeapDumpRedactor begun = redactor;
            Redaction redaction = begun == null ? Redaction.NONE : begun.redaction();
            return new HeapDumpTransfer(written.sha256(), source.count(), written.bytes(), redaction, ending);
        }

        TransferEnding run() {
            try (FastGzip compressed = new FastGzip(rules.recipients().encrypting(sink))) {
                HeapDumpRedactor passing = rules.redact()
                        ? HeapDumpRedactor.redacting(source, compressed)
                        : HeapDumpRedactor.reading(source, compressed);
                redactor = passing;
                return read(passing);
            } catch (GeneralSecurityException e) {
                return new Incomplete(
                        Reason.EncryptionFailed,
                        "This Java runtime cannot encrypt with X25519 and ChaCha20-Poly1305: " + e);
            } catch (IOException e) {
                Incomplete refusal = sink.refusal();
                return refusal != null ? refusal : new Incomplete(Reason.SinkFailed, "Writing the dump failed: " + e);
            }
        }

        /** Reads the dump to its end; when it is the dump that fails, what was read of it is still worth ending properly. */
        private TransferEnding read(HeapDumpRedactor passing) throws IOException {
            try {
                passing.run();
                return new Complete();
            } catch (HeapDumpFormatException e) {
                Reason reason = e.truncated() ? Reason.Truncated : Reason.Malformed;
                return new Incomplete(reason, String.valueOf(e.getMessage()));
            } catch (IOException e) {
                if (source.failure() != e) {
                    throw e;
                }
                return new Incomplete(
                        Reason.SourceFailed, "Reading the dump failed after " + source.count() + " bytes: " + e);
            }
        }
    }

    /** Fast compression: a redacted dump is mostly zeros, and one that is not would take three times as long for a sixth less. */
    private static final class FastGzip extends GZIPOutputStream {

        FastGzip(OutputStream out) throws IOException {
            super(out, BUFFER);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
