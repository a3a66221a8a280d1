package io.heapwarden.evidence.heapdump;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Passes a heap dump on and leaves out what the application's memory says, but not how it is built. The format is HPROF binary, {@code JAVA PROFILE
 * 1.0.1} and {@code 1.0.2}, as HotSpot of JDK 8 to 25 writes it (its source {@code services/heapDumper.cpp} describes it). Every byte stays where it is;
 * identifiers, sizes, references, classes, threads and roots are what they were, so that an analyser opens the result and finds the same objects,
 * dominators and paths to roots.
 *
 * <ul>
 *   <li>Elements of primitive arrays become 0, of all types: with them go all strings, thread names and keys.
 *   <li>{@code int} and {@code long} instance fields named {@code hash} or {@code hashCode} become 0. A string keeps its hash code, and a map those
 *       of its keys: with it short secrets can be guessed.
 *   <li>Symbols that cannot be names ({@link SymbolText}) become asterisks: they are string literals.
 * </ul>
 *
 * <p>Other primitive fields stay, static ones too. Analysers need them: the size of a collection, the coder of a string, the state of
 * a thread. So numbers that are fields can still be read: amounts, a timestamp, the two halves of a UUID, an IPv4 address, boxed numbers. Names of classes, fields
 * and methods stay, and so do literals that look like one.
 *
 * <p>The dump is read once, with memory that does not depend on its size, and no length in it is believed: a record has to end where
 * it says. What is not known to the format is an error and is not passed on.
 */
public final class HeapDumpRedactor {

    private static final String MAGIC = "JAVA PROFILE 1.0.";
    private static final int SYMBOL = 0x01;
    private static final int LOAD_CLASS = 0x02;
    private static final int FRAME = 0x04;
    private static final int TRACE = 0x05;
    private static final int HEAP_DUMP = 0x0C;
    private static final int HEAP_DUMP_SEGMENT = 0x1C;
    private static final int HEAP_DUMP_END = 0x2C;

    private final HprofTransit transit;
    private final HashNames hashNames = new HashNames();
    private final HeapRecords heap;
    private long symbols;
    private boolean heapSeen;
    private boolean endMissing;
    private volatile Redaction redaction = Redaction.NONE;

    private HeapDumpRedactor(InputStream dump, OutputStream redacted, boolean redacting) {
        this.transit = new HprofTransit(dump, redacted, redacting);
        this.heap = new HeapRecords(transit, hashNames);
    }

    /** Takes out what this class says it does. */
    public static HeapDumpRedactor redacting(InputStream dump, OutputStream redacted) {
        return new HeapDumpRedactor(dump, redacted, true);
    }

    /** Takes nothing out: it only reads along, so that a dump that is cut off is noticed. */
    public static HeapDumpRedactor reading(InputStream dump, OutputStream copy) {
        return new HeapDumpRedactor(dump, copy, false);
    }

    /** What was done so far; may be asked by any thread at any time. */
    public Redaction redaction() {
        return redaction;
    }

    /**
     * Passes the whole dump on; to be called once. Neither stream is closed.
     *
     * @throws HeapDumpFormatException when the dump is cut off or malformed; all before that was written
     * @throws IOException when one of the streams fails
     */
    public void run() throws IOException {
        try {
            header();
            while (!transit.ended()) {
                topLevelRecord();
                redaction = heap.redaction(symbols);
            }
            if (endMissing || !heapSeen) {
                throw HeapDumpFormatException.truncated(transit.offset(), "another record of the dump");
            }
        } catch (HeapDumpFormatException e) {
            transit.send();
            throw e;
        } finally {
            redaction = heap.redaction(symbols);
        }
        transit.send();
    }

    private void header() throws IOException {
        String expected = "'" + MAGIC + "1' or '" + MAGIC + "2', the beginning of a heap dump of HotSpot";
        byte[] first = transit.ahead(2, expected);
        if (first[0] == 0x1F && first[1] == (byte) 0x8B) {
            throw transit.malformed(expected, "a gzip file (take the dump without -gz)");
        }
        String magic = new String(transit.ahead(MAGIC.length() + 2, expected), StandardCharsets.ISO_8859_1);
        if (!Set.of(MAGIC + "1\0", MAGIC + "2\0").contains(magic)) {
            throw transit.malformed(expected, "something else");
        }
        transit.pass(magic.length(), expected);
        long size = transit.u4("the size of identifiers");
        if (size != 4 && size != 8) {
            throw transit.malformed("the size of identifiers, 4 or 8", String.valueOf(size));
        }
        transit.identifierSize((int) size);
        transit.pass(8, "the time of the dump");
    }

    private void topLevelRecord() throws IOException {
        int tag = transit.u1("a record");
        transit.pass(4, "the time of a record");
        long length = transit.u4("the length of a record");
        int size = transit.identifierSize();
        transit.enter(length);
        switch (tag) {
            case SYMBOL -> symbol();
            case LOAD_CLASS -> transit.pass(8 + 2 * size, "a LOAD_CLASS record");
            case FRAME -> transit.pass(8 + 4 * size, "a STACK_FRAME record");
            case TRACE -> trace();
            case HEAP_DUMP, HEAP_DUMP_SEGMENT -> heapRecords(tag);
            case HEAP_DUMP_END -> endMissing = false;
            default -> throw transit.malformed("a record that HotSpot writes", "one of kind " + tag);
        }
        transit.leave("a record of kind " + tag);
    }

    private void heapRecords(int tag) throws IOException {
        heapSeen = true;
        endMissing = tag == HEAP_DUMP_SEGMENT;
        while (transit.remaining() > 0) {
            heap.next();
        }
    }

    private void trace() throws IOException {
        transit.pass(8, "a STACK_TRACE record");
        long frames = transit.u4("the number of frames of a stack trace");
        transit.pass(frames * transit.identifierSize(), "the frames of a stack trace");
    }

    private void symbol() throws IOException {
        long identifier = transit.identifier("the identifier of a symbol");
        long length = transit.remaining();
        if (length > SymbolText.LONGEST) {
            blank(length);
            return;
        }
        byte[] text = transit.ahead((int) length, "a symbol");
        if (SymbolText.mayBeName(text)) {
            hashNames.see(identifier, text);
            transit.pass(length, "a symbol");
        } else {
            blank(length);
        }
    }

    private void blank(long length) throws IOException {
        symbols += transit.editing() ? 1 : 0;
        transit.blank(length, "a symbol");
    }
}
