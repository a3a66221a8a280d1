package io.heapwarden.evidence.heapdump;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapwarden.evidence.heapdump.TransferEnding.Complete;
import io.heapwarden.evidence.heapdump.TransferEnding.Incomplete;
import io.heapwarden.evidence.heapdump.TransferEnding.Reason;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** A dump's way through redaction, compression and encryption, and everything that can stop it. */
class HeapDumpStreamTest {

    private static final AgeIdentity ALICE = AgeIdentity.generate();
    private static final AgeIdentity BOB = AgeIdentity.generate();
    private static final AgeRecipients BOTH = AgeRecipients.parse(List.of(ALICE.recipient(), BOB.recipient()));
    private static final Duration LONG = Duration.ofMinutes(5);

    private final SampleDump dump = sample();
    private final ByteArrayOutputStream sink = new ByteArrayOutputStream();

    @Test
    void eachRecipientCanReadWhatArrives() throws Exception {
        HeapDumpTransfer transfer = send(new TransferRules(true, BOTH, Long.MAX_VALUE, LONG));
        assertThat(transfer.ending()).isEqualTo(new Complete());
        assertThat(transfer.bytesRead()).isEqualTo(dump.plain().length);
        assertThat(transfer.redaction()).isEqualTo(new Redaction(1, 400_000, 1, 1, 1, 0));
        assertThat(unzipped(ALICE.decrypt(sink.toByteArray()))).isEqualTo(dump.redacted());
        assertThat(unzipped(BOB.decrypt(sink.toByteArray()))).isEqualTo(dump.redacted());
        assertThatItIsWhatWasWritten(transfer);
    }

    @Test
    void withoutRedactionAndRecipientsItIsOnlyCompressed() throws Exception {
        HeapDumpTransfer transfer = send(new TransferRules(false, AgeRecipients.NONE, Long.MAX_VALUE, LONG));
        assertThat(transfer.complete()).isTrue();
        assertThat(unzipped(sink.toByteArray())).isEqualTo(dump.plain());
        assertThat(transfer.redaction().arrays()).isZero();
        assertThatItIsWhatWasWritten(transfer);
    }

    @Test
    void aDumpThatIsCutOffArrivesAsFarAsItGoes() throws Exception {
        byte[] plain = dump.plain();
        InputStream cut = new ByteArrayInputStream(plain, 0, plain.length - 1000);
        HeapDumpTransfer transfer = send(cut, new TransferRules(true, BOTH, Long.MAX_VALUE, LONG));
        assertIncomplete(transfer, Reason.Truncated, "ends at byte " + (plain.length - 1000), true);
        assertThat(unzipped(ALICE.decrypt(sink.toByteArray())))
                .isEqualTo(Arrays.copyOf(dump.redacted(), plain.length - 1000));
        assertThatItIsWhatWasWritten(transfer);
    }

    @Test
    void whatIsNoDumpIsMalformed() throws Exception {
        InputStream source =
                new ByteArrayInputStream("jcmd: no such process, sorry".getBytes(StandardCharsets.US_ASCII));
        HeapDumpTransfer transfer = send(source, new TransferRules(true, AgeRecipients.NONE, Long.MAX_VALUE, LONG));
        assertIncomplete(transfer, Reason.Malformed, "something else at byte 0", true);
        assertThat(unzipped(sink.toByteArray())).isEmpty();
    }

    @Test
    void aSourceThatFailsIsSaid() throws Exception {
        InputStream source = firstPartOf(dump.plain(), () -> {
            throw new EOFException("connection reset");
        });
        HeapDumpTransfer transfer = send(source, new TransferRules(true, BOTH, Long.MAX_VALUE, LONG));
        assertIncomplete(transfer, Reason.SourceFailed, "after 200000 bytes", true);
        assertThat(unzipped(ALICE.decrypt(sink.toByteArray()))).isEqualTo(Arrays.copyOf(dump.redacted(), 200_000));
    }

    @Test
    void aSinkThatFailsIsSaid() {
        OutputStream failing = new OutputStream() {
            private int left = 70_000;

            @Override
            public void write(int value) throws IOException {
                if (--left < 0) {
                    throw new IOException("no space left on device");
                }
            }
        };
        TransferRules rules = new TransferRules(false, BOTH, Long.MAX_VALUE, LONG);
        HeapDumpTransfer transfer = new HeapDumpStream(rules).transfer(new ByteArrayInputStream(dump.plain()), failing);
        assertIncomplete(transfer, Reason.SinkFailed, "no space left on device", false);
    }

    @Test
    void nothingIsWrittenBeyondTheLimit() {
        for (long limit : new long[] {1, 100, 5_000, 150_000}) {
            sink.reset();
            HeapDumpTransfer transfer = send(new TransferRules(false, BOTH, limit, LONG));
            assertIncomplete(transfer, Reason.SizeLimit, "the " + limit + " bytes that may be written", false);
            assertThat(sink.size()).isLessThanOrEqualTo((int) limit);
            assertThat(transfer.bytesWritten()).isEqualTo(sink.size());
        }
        sink.reset();
        assertThat(send(new TransferRules(false, BOTH, 500_000, LONG)).complete())
                .isTrue();
    }

    /** Ending the file would add bytes that are small enough to fit, after a hole. */
    @Test
    void whatIsWrittenUpToTheLimitHasNoHole() {
        send(new TransferRules(false, AgeRecipients.NONE, Long.MAX_VALUE, LONG));
        byte[] whole = sink.toByteArray();
        for (int missing = 5_000; missing < 150_000; missing += 5_000) {
            sink.reset();
            send(new TransferRules(false, AgeRecipients.NONE, whole.length - missing, LONG));
            assertThat(sink.size()).isPositive();
            assertThat(sink.toByteArray()).isEqualTo(Arrays.copyOf(whole, sink.size()));
        }
    }

    @Test
    void aSourceThatStallsIsLeftBehindWhenTheTimeIsUp() throws Exception {
        CountDownLatch released = new CountDownLatch(1);
        CountDownLatch gone = new CountDownLatch(1);
        InputStream source = firstPartOf(dump.plain(), () -> {
            gone.countDown();
            awaitWithoutHeedingInterrupts(released);
        });
        HeapDumpTransfer transfer =
                send(source, new TransferRules(false, AgeRecipients.NONE, Long.MAX_VALUE, Duration.ofSeconds(2)));
        assertIncomplete(transfer, Reason.TimeLimit, "within 2000 ms", false);
        assertThat(gone.getCount()).as("it did stall").isZero();
        assertThat(transfer.bytesRead()).isEqualTo(200_000);
        int written = sink.size();
        assertThatItIsWhatWasWritten(transfer);
        released.countDown();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals("heap-dump-transfer")) {
                thread.join();
            }
        }
        assertThat(sink.size()).as("written after the time was up").isEqualTo(written);
    }

    @Test
    void whoeverWaitsCanBeInterrupted() {
        CountDownLatch released = new CountDownLatch(1);
        InputStream source = firstPartOf(dump.plain(), () -> awaitWithoutHeedingInterrupts(released));
        Thread.currentThread().interrupt();
        HeapDumpTransfer transfer = send(source, new TransferRules(true, BOTH, Long.MAX_VALUE, LONG));
        assertThat(Thread.interrupted()).isTrue();
        released.countDown();
        assertIncomplete(transfer, Reason.Interrupted, "interrupted", false);
    }

    /** A source that does something else after 200,000 bytes, and then goes on. */
    private static InputStream firstPartOf(byte[] bytes, Then then) {
        InputStream first = new ByteArrayInputStream(bytes, 0, 200_000);
        InputStream second = new InputStream() {
            @Override
            public int read() throws IOException {
                then.happens();
                return 0;
            }
        };
        return new SequenceInputStream(first, second);
    }

    private interface Then {
        void happens() throws IOException;
    }

    private static void awaitWithoutHeedingInterrupts(CountDownLatch latch) {
        while (true) {
            try {
                latch.await();
                return;
            } catch (InterruptedException e) {
                continue;
            }
        }
    }

    private static SampleDump sample() {
        byte[] noise = new byte[400_000];
        new Random(1).nextBytes(noise);
        return new SampleDump("1.0.1", 8)
                .classes()
                .instance(0x1000, 1)
                .primitiveArray(0x1010, 8, noise)
                .endHeap();
    }

    private HeapDumpTransfer send(TransferRules rules) {
        return send(new ByteArrayInputStream(dump.plain()), rules);
    }

    private HeapDumpTransfer send(InputStream source, TransferRules rules) {
        return new HeapDumpStream(rules).transfer(source, sink);
    }

    private void assertThatItIsWhatWasWritten(HeapDumpTransfer transfer) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(sink.toByteArray());
        assertThat(transfer.sha256()).isEqualTo(HexFormat.of().formatHex(digest));
        assertThat(transfer.bytesWritten()).isEqualTo(sink.size());
    }

    private static void assertIncomplete(HeapDumpTransfer transfer, Reason reason, String words, boolean readable) {
        assertThat(transfer.complete()).isFalse();
        assertThat(transfer.ending()).isInstanceOfSatisfying(Incomplete.class, ending -> {
            assertThat(ending.reason()).isEqualTo(reason);
            assertThat(ending.sentence()).contains(words);
            assertThat(ending.readable()).isEqualTo(readable);
        });
    }

    private static byte[] unzipped(byte[] compressed) throws IOException {
        return new GZIPInputStream(new ByteArrayInputStream(compressed)).readAllBytes();
    }
}
