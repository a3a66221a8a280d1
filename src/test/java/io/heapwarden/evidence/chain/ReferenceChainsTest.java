package io.heapwarden.evidence.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heapwarden.evidence.chain.OldObjectSample.Link;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recordings of {@code src/test/scripts/Holding.java}, whole and damaged. */
@Timeout(120)
class ReferenceChainsTest {

    private static final int DAMAGED = 200;

    @TempDir
    Path directory;

    private static byte[] recording(String jdk) throws IOException {
        try (InputStream file = ReferenceChainsTest.class.getResourceAsStream("/jfr/" + jdk + ".jfr.gz")) {
            return new GZIPInputStream(file).readAllBytes();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdk17", "jdk25"})
    void readsWhatAJvmRecorded(String jdk) throws Exception {
        List<OldObjectSample> samples = ReferenceChains.read(new ByteArrayInputStream(recording(jdk)));
        assertThat(samples).hasSizeBetween(20, 256);
        OldObjectSample body = samples.stream()
                .filter(sample -> sample.links().stream().anyMatch(link -> "body".equals(link.field())))
                .findFirst()
                .orElseThrow();
        assertThat(body.className()).isEqualTo("byte[]");
        assertThat(body.arrayLength()).isEqualTo(12_000);
        assertThat(body.age()).isBetween(Duration.ZERO, Duration.ofMinutes(1));
        assertThat(body.lastKnownHeapUsage()).isPositive();
        assertThat(body.allocationFrames().getFirst()).startsWith("Holding$Quote.<init>:");
        assertThat(body.root()).isNotNull();
        assertThat(body.links().getFirst().holder()).isEqualTo("Holding$Quote");
        assertThat(body.links()).anySatisfy(link -> {
            assertThat(link.holder()).isEqualTo("java.util.HashMap$Node[]");
            assertThat(link.arrayLength()).isGreaterThanOrEqualTo(16);
            assertThat(link.index()).isBetween(0, link.arrayLength());
        });
        assertThat(body.links()).anySatisfy(link -> {
            assertThat(link.holder()).isEqualTo("java.util.HashMap");
            assertThat(link.size()).isBetween(1L, 1500L);
        });
        assertThat(body.links()).extracting(Link::staticOwner).contains("Holding");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdk17", "jdk25"})
    void aDamagedRecordingIsReadOrRefused(String jdk) throws Exception {
        byte[] whole = recording(jdk);
        Random random = new Random(7);
        int refused = 0;
        for (int i = 0; i < DAMAGED; i++) {
            byte[] damaged =
                    random.nextInt(4) == 0 ? Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
            for (int b = 0; b < 1 + random.nextInt(8) && damaged.length > 0; b++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            try {
                List<OldObjectSample> samples = ReferenceChains.read(new ByteArrayInputStream(damaged));
                new ChainChooser(List.of(), Map.of()).choose(samples, 3);
            } catch (UnreadableRecordingException e) {
                assertThat(e).hasMessageContaining("recording").hasMessageEndingWith("Record again");
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(DAMAGED / 8);
    }

    @Test
    void whatIsNoRecordingIsSaidSo() {
        assertThatThrownBy(() -> ReferenceChains.read(new ByteArrayInputStream("FLR\0 not really".getBytes())))
                .isInstanceOf(UnreadableRecordingException.class);
        assertThatThrownBy(() -> ReferenceChains.read(InputStream.nullInputStream()))
                .isInstanceOf(UnreadableRecordingException.class)
                .hasMessageContaining("empty");
    }

    @Test
    void aLargeFileIsNotOpened() throws Exception {
        Path large = directory.resolve("large.jfr");
        try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(ReferenceChains.MAX_BYTES + 1);
        }
        assertThatThrownBy(() -> ReferenceChains.read(large))
                .isInstanceOf(UnreadableRecordingException.class)
                .hasMessageContaining("32 MiB");
        try (InputStream endless = Files.newInputStream(Path.of("/dev/zero"))) {
            assertThatThrownBy(() -> ReferenceChains.read(endless)).hasMessageContaining("32 MiB");
        }
    }
}
