package io.heapwarden.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.heapwarden.evidence.Manifest.Entry;
import io.heapwarden.evidence.Manifest.Missing;
import io.heapwarden.jvm.ClassHistogram;
import io.heapwarden.jvm.ClassNames;
import io.heapwarden.jvm.HistogramParser;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.TimeZone;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** What goes into a bundle comes out of it. */
class BundleTest {

    private static ReadBundle read(Bundle bundle) throws Exception {
        return BundleReader.read(new ByteArrayInputStream(Bundles.bytes(bundle)));
    }

    @Test
    void aBundleIsReadAsItWasWritten() throws Exception {
        Bundle written = Bundles.full();
        ReadBundle read = read(written);

        assertThat(read.damage()).isEmpty();
        assertThat(read.manifest()).isEqualTo(written.manifest());
        for (Part part : Part.values()) {
            assertThat(read.part(part)).isEqualTo(written.part(part));
        }
        assertThat(read.manifest().parts()).extracting(Entry::name).hasSize(10);
        assertThat(read.manifest().missing())
                .singleElement()
                .returns("chain.txt", Missing::name)
                .returns("TooLittleRoom", Missing::reason);
    }

    @Test
    void theManifestComesFirstAndTheFileIsTheSameInEveryTimeZone() throws Exception {
        TimeZone before = TimeZone.getDefault();
        byte[] here = Bundles.bytes(Bundles.full());
        try {
            TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Kiritimati"));
            assertThat(Digest.of(Bundles.bytes(Bundles.full()))).isEqualTo(Digest.of(here));
        } finally {
            TimeZone.setDefault(before);
        }
        List<String> names = new ArrayList<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(here))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                names.add(entry.getName());
            }
        }
        assertThat(names).startsWith("manifest.json", "verdict.md", "floor.svg").contains("jvm.txt");
    }

    @Test
    void whatNothingWasSaidOfWasNotAsked() throws Exception {
        ReadBundle read = read(Bundles.begun().build());

        assertThat(read.manifest().parts()).extracting(Entry::name).containsExactly("verdict.md");
        assertThat(read.manifest().missing()).hasSize(Part.values().length - 1).allMatch(each -> each.reason()
                .equals("NotAsked"));
    }

    @Test
    void secretsOfTheCommandLineAreNotInTheFile() throws Exception {
        ReadBundle read = read(Bundles.full());

        assertThat(new String(read.part(Part.Jvm), UTF_8))
                .contains("--db-password *** --port 8080", "user.dir=/app")
                .doesNotContain("hunter2");
    }

    @Test
    void aPartThatIsTooLongIsCutAtALineAndSaysSo() throws Exception {
        String line = "x".repeat(99) + "\n";
        String long0 = line.repeat(Part.NativeMemory.limit() / 100 + 50);
        ReadBundle read = read(Bundles.begun().nativeMemory(Bundles.NOW, long0).build());

        byte[] kept = read.part(Part.NativeMemory);
        assertThat(kept).hasSizeLessThanOrEqualTo(Part.NativeMemory.limit());
        List<String> lines = new String(kept, UTF_8).lines().toList();
        assertThat(lines.getLast())
                .startsWith("# Cut by Heapwarden: these are the first ")
                .contains(" of " + long0.length());
        assertThat(lines.subList(0, lines.size() - 1)).allMatch(each -> each.length() == 99);
        assertThat(read.manifest().parts().getLast().cutFrom()).isEqualTo(long0.length());
    }

    @Test
    void histogramsAreReadByWhatReadsThoseOfAJvm() throws Exception {
        ReadBundle read = read(Bundles.full());

        ClassHistogram after = new HistogramParser(new ClassNames()).parse(read.part(Part.HistogramAfter));
        List<ClassHistogram.Entry> entries = new ArrayList<>();
        after.forEach(entries::add);
        assertThat(entries).contains(new ClassHistogram.Entry("com.shop.Order", 90_000, 5_760_000));
        assertThat(HistogramDifference.parse(read.part(Part.HistogramDifference))
                        .rows()
                        .getFirst())
                .isEqualTo(new HistogramDifference.Row("com.shop.Order", 1000, 90_000, 64_000, 5_760_000));
    }

    @Property(tries = 50)
    void anyTextIsWithinItsLimitAndStaysText(
            @ForAll @IntRange(min = 0, max = 70_000) int characters, @ForAll char filler) throws Exception {
        String text =
                String.valueOf(Character.isSurrogate(filler) ? 'é' : filler).repeat(characters);
        ReadBundle read = read(Bundles.begun().nativeMemory(Bundles.NOW, text).build());

        assertThat(read.damage()).isEmpty();
        byte[] kept = read.part(Part.NativeMemory);
        assertThat(kept).hasSizeLessThanOrEqualTo(Part.NativeMemory.limit());
        assertThat(new String(kept, UTF_8)).doesNotContain("�");
    }

    @Property(tries = 100)
    void differencesAreReadAsTheyWereWritten(@ForAll @Size(max = 20) List<@IntRange(min = 0) Integer> sizes) {
        List<HistogramDifference.Row> rows = new ArrayList<>();
        for (int i = 0; i < sizes.size(); i++) {
            rows.add(new HistogramDifference.Row("c.C" + i, i, sizes.get(i), sizes.get(i), i));
        }
        HistogramDifference difference = new HistogramDifference(rows);

        assertThat(HistogramDifference.parse(difference.toTsv().getBytes(UTF_8)))
                .isEqualTo(difference);
    }
}
