package io.heapwarden.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heapwarden.evidence.Manifest.Entry;
import io.heapwarden.evidence.UnreadableBundleException.Reason;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** A bundle is not trusted: what is wrong with it is said, what is right with it is still read, and nothing of it costs more than its limits. */
class DamagedBundleTest {

    private static final byte[] GOOD = Bundles.bytes(Bundles.full());

    private static ReadBundle read(byte[] file) throws IOException, UnreadableBundleException {
        return BundleReader.read(new ByteArrayInputStream(file));
    }

    /** A file with this manifest and these entries, whether or not they belong together. */
    private static byte[] zip(byte[] manifest, Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry(Bundle.MANIFEST));
            zip.write(manifest);
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        return out.toByteArray();
    }

    private static byte[] manifest(Entry... parts) {
        return ManifestCodec.write(new Manifest(
                1,
                Bundles.SUBJECT,
                "shop/default",
                Bundles.NOW,
                Bundles.JUDGEMENT,
                List.of(parts),
                List.of(),
                List.of()));
    }

    private static Entry entry(String name, long bytes, byte[] content) {
        return new Entry(name, "text/plain", bytes, Digest.of(content), Bundles.NOW, null);
    }

    private static void unreadable(byte[] file, Reason reason, String words) {
        assertThatThrownBy(() -> read(file))
                .isInstanceOfSatisfying(UnreadableBundleException.class, e -> assertThat(e.reason())
                        .isEqualTo(reason))
                .hasMessageContaining(words);
    }

    @Test
    void otherFilesAreNoBundles() throws Exception {
        unreadable(new byte[0], Reason.NotABundle, "no ZIP file");
        unreadable("JAVA PROFILE 1.0.2".getBytes(UTF_8), Reason.NotABundle, "no ZIP file");
        ByteArrayOutputStream jar = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(jar)) {
            zip.putNextEntry(new ZipEntry("META-INF/MANIFEST.MF"));
        }
        unreadable(jar.toByteArray(), Reason.NotABundle, "begins with manifest.json");
    }

    @Test
    void aNewerVersionIsNamed() throws Exception {
        byte[] newer = new String(manifest(), UTF_8)
                .replace("\"schema\" : 1", "\"schema\" : 2")
                .getBytes(UTF_8);
        unreadable(zip(newer, Map.of()), Reason.NewerVersion, "schema version 2");
    }

    @Test
    void fieldsOfALaterVersionOfTheSameSchemaArePassedOver() throws Exception {
        byte[] more = new String(manifest(), UTF_8)
                .replace("\"schema\" : 1", "\"schema\" : 1, \"cluster\" : {\"name\" : \"prod\"}")
                .getBytes(UTF_8);
        assertThat(read(zip(more, Map.of())).manifest().subject()).isEqualTo(Bundles.SUBJECT);
    }

    @Test
    void aManifestThatIsNoneIsSaid() throws Exception {
        unreadable(zip("{".getBytes(UTF_8), Map.of()), Reason.Damaged, "manifest.json");
        unreadable(zip("{\"schema\":1}".getBytes(UTF_8), Map.of()), Reason.Damaged, "no subject");
        unreadable(zip("[".repeat(5000).getBytes(UTF_8), Map.of()), Reason.Damaged, "manifest.json");
        unreadable(zip(new byte[ManifestCodec.LIMIT + 1], Map.of()), Reason.Damaged, "longer than");
    }

    @Test
    void namesThatLeaveTheBundleAreRefused() throws Exception {
        byte[] content = {1};
        for (String name : List.of("../x.txt", "/etc/passwd", "a/b.txt", "A.txt", "")) {
            unreadable(
                    zip(manifest(entry(name, 1, content)), name.isEmpty() ? Map.of() : Map.of(name, content)),
                    Reason.Damaged,
                    "no name of a part");
        }
    }

    @Test
    void aBombIsNotUnpacked() throws Exception {
        byte[] zeros = new byte[50 << 20];
        byte[] bomb = zip(
                manifest(entry("threads.txt", 10, new byte[10]), entry("chain.txt", 0, new byte[0])),
                Map.of("threads.txt", zeros));
        CountingStream counted = new CountingStream(bomb);
        ReadBundle read = BundleReader.read(counted);

        assertThat(read.parts()).isEmpty();
        assertThat(read.damage().getFirst()).contains("threads.txt is longer than announced");
        assertThat(counted.read).as("bytes read of %s", bomb.length).isLessThan(bomb.length / 2);

        byte[] announced = zip(manifest(entry("threads.txt", zeros.length, zeros)), Map.of("threads.txt", zeros));
        assertThat(read(announced).damage().getFirst()).contains("are allowed");
    }

    @Test
    void manyPartsTogetherAreBoundedToo() throws Exception {
        byte[] large = new byte[BundleReader.MAX_PART];
        Map<String, byte[]> entries = new LinkedHashMap<>();
        Entry[] parts = new Entry[8];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = entry("later-" + i + ".bin", large.length, large);
            entries.put(parts[i].name(), large);
        }
        ReadBundle read = read(zip(manifest(parts), entries));

        assertThat(read.parts()).hasSize((int) (BundleReader.MAX_TOTAL / large.length));
        assertThat(read.damage().getFirst()).contains("more than all parts together");
    }

    @Test
    void whatDiffersFromItsDigestIsLeftOut() throws Exception {
        byte[] content = "good".getBytes(UTF_8);
        ReadBundle read = read(zip(
                manifest(entry("chain.txt", 4, "evil".getBytes(UTF_8)), entry("threads.txt", 4, content)),
                new TreeMap<>(Map.of("chain.txt", content, "threads.txt", content))));
        assertThat(read.parts()).containsOnlyKeys("threads.txt");
        assertThat(read.damage()).singleElement().asString().startsWith("chain.txt is not what was written");
    }

    @Property(tries = 60)
    void aFileThatEndsEarlyKeepsWhatCameBefore(@ForAll @IntRange(min = 0, max = 1 << 20) int at) throws Exception {
        byte[] cut = Arrays.copyOf(GOOD, at % GOOD.length);
        try {
            ReadBundle read = read(cut);
            // The directory of the ZIP file at its end is not needed; all else is missed.
            assertThat(read.parts().size() == 10 || !read.damage().isEmpty()).isTrue();
            read.parts().forEach((name, bytes) -> assertThat(read.manifest().parts())
                    .anyMatch(
                            entry -> entry.name().equals(name) && entry.sha256().equals(Digest.of(bytes))));
        } catch (UnreadableBundleException e) {
            assertThat(e.reason()).isNotEqualTo(Reason.NewerVersion);
        }
    }

    @Property(tries = 200)
    void aChangedByteNeverPassesForGood(@ForAll @IntRange(min = 0, max = 1 << 20) int at, @ForAll byte value)
            throws Exception {
        byte[] changed = GOOD.clone();
        changed[at % GOOD.length] = value;
        try {
            ReadBundle read = read(changed);
            read.parts().forEach((name, bytes) -> assertThat(read.manifest().parts())
                    .anyMatch(
                            entry -> entry.name().equals(name) && entry.sha256().equals(Digest.of(bytes))));
        } catch (UnreadableBundleException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    /** Counts what is read of a file. */
    private static final class CountingStream extends InputStream {
        private final InputStream in;
        private long read;

        CountingStream(byte[] file) {
            in = new ByteArrayInputStream(file);
        }

        @Override
        public int read() throws IOException {
            read++;
            return in.read();
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int got = in.read(into, offset, Math.min(length, 1024));
            read += Math.max(0, got);
            return got;
        }
    }
}
