package io.heapwarden.evidence.heapdump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Predicate;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Dumps of any content: redaction changes exactly what it has to, and nothing that is wrong with a dump gets past its own exception. */
class HeapDumpRedactorPropertiesTest {

    @Property(tries = 300)
    void changesExactlyWhatItHasTo(@ForAll long seed, @ForAll @IntRange(min = 1, max = 300) int objects)
            throws Exception {
        SampleDump dump = random(seed, objects);
        byte[] plain = dump.plain();
        assertThat(redacted(trickling(plain, seed))).isEqualTo(dump.redacted());
        assertThat(copied(plain)).isEqualTo(plain);
    }

    @Property(tries = 60)
    void aParserSeesTheSame(@ForAll long seed, @ForAll @IntRange(min = 1, max = 300) int objects) throws Exception {
        byte[] plain = random(seed, objects, random -> false).plain();
        ParsedHeap before = ParsedHeap.of(plain);
        ParsedHeap after = ParsedHeap.of(redacted(new ByteArrayInputStream(plain)));
        assertThat(after.histogram()).isNotEmpty().isEqualTo(before.histogram());
        assertThat(after.statics()).isEqualTo(before.statics());
        assertThat(after.objects()).toIterable().isNotEmpty().containsExactlyElementsOf(before::objects);
    }

    @Property(tries = 5)
    void aDumpThatIsCutAnywhereIsToldToBeCut(@ForAll long seed, @ForAll @IntRange(min = 1, max = 20) int objects) {
        SampleDump dump = random(seed, objects);
        byte[] plain = dump.plain();
        for (int length = 0; length < plain.length; length++) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            InputStream cut = new ByteArrayInputStream(plain, 0, length);
            Throwable thrown = catchThrowable(HeapDumpRedactor.redacting(cut, out)::run);
            assertThat(thrown).isInstanceOf(HeapDumpFormatException.class);
            assertThat(((HeapDumpFormatException) thrown).truncated()).isTrue();
            assertThat(((HeapDumpFormatException) thrown).offset()).isEqualTo(length);
            byte[] written = out.toByteArray();
            assertThat(written).isEqualTo(Arrays.copyOf(dump.redacted(), written.length));
            assertThat(length - written.length).as("bytes held back").isBetween(0, 40);
        }
    }

    @Property(tries = 2000)
    void aDumpThatIsWrongAnywhereIsNoDump(@ForAll long seed, @ForAll @IntRange(min = 1, max = 20) int objects) {
        byte[] broken = random(seed, objects).plain();
        Random random = new Random(seed);
        for (int i = 0; i <= random.nextInt(4); i++) {
            broken[random.nextInt(broken.length)] = (byte) random.nextInt();
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Throwable thrown = catchThrowable(HeapDumpRedactor.redacting(new ByteArrayInputStream(broken), out)::run);
        if (thrown != null) {
            assertThat(thrown).isInstanceOf(HeapDumpFormatException.class).hasMessageContaining("byte");
        }
        assertThat(out.size()).isLessThanOrEqualTo(broken.length);
    }

    private static SampleDump random(long seed, int objects) {
        return random(seed, objects, random -> random.nextInt(20) == 0);
    }

    /** The parser loses its way in many small segments, which HotSpot does not write, so that it is given dumps of one. */
    private static SampleDump random(long seed, int objects, Predicate<Random> segmentEnds) {
        Random random = new Random(seed);
        boolean segments = random.nextBoolean();
        SampleDump dump = new SampleDump(segments ? "1.0.2" : "1.0.1", random.nextBoolean() ? 4 : 8).classes();
        // The parser wants one object of each kind.
        dump.roots(0xF00).instance(0xF00, 0).objectArray(0xF10, 0xF00).primitiveArray(0xF20, 8, new byte[] {42});
        for (int i = 0; i < objects; i++) {
            long identifier = 0x1000 + 16L * i;
            switch (random.nextInt(5)) {
                case 0 -> dump.instance(identifier, identifier);
                case 1 -> dump.subclassInstance(identifier, 0x1000);
                case 2 ->
                    dump.objectArray(
                            identifier,
                            random.longs(random.nextInt(9), 0, 0x1000).toArray());
                default -> {
                    byte[] content = new byte[random.nextInt(20) == 0 ? 300_000 / objects : random.nextInt(40)];
                    random.nextBytes(content);
                    dump.primitiveArray(identifier, 4 + random.nextInt(8), content);
                }
            }
            if (segments && segmentEnds.test(random)) {
                dump.endSegment();
            }
        }
        return segments ? dump.endSegment().end() : dump.endHeap();
    }

    private static byte[] redacted(InputStream dump) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        HeapDumpRedactor.redacting(dump, out).run();
        return out.toByteArray();
    }

    private static byte[] copied(byte[] dump) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        HeapDumpRedactor.reading(new ByteArrayInputStream(dump), out).run();
        return out.toByteArray();
    }

    /** Gives as few bytes at a time as it likes, as a network does. */
    private static InputStream trickling(byte[] bytes, long seed) {
        Random random = new Random(seed);
        return new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] to, int offset, int length) {
                return super.read(to, offset, Math.min(length, 1 + random.nextInt(5000)));
            }
        };
    }
}
