package io.heapwarden.evidence.heapdump;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapwarden.probe.JavaHomes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.netbeans.lib.profiler.heap.Instance;
import org.netbeans.lib.profiler.heap.ObjectArrayInstance;
import org.netbeans.lib.profiler.heap.PrimitiveArrayInstance;

/** Dumps of real JVMs: after redaction the secret is gone, and everything else an analyser sees is there. */
class RealDumpsTest {

    private static final String SECRET = "s3cr3t-" + UUID.randomUUID();
    private static final List<Charset> ENCODINGS =
            List.of(StandardCharsets.ISO_8859_1, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE);

    private static final Set<String> ZEROS = Set.of("0", "false", "\0", "0.0");

    @TempDir
    Path work;

    static Stream<Arguments> everyJdkAndCollector() {
        return JavaHomes.all()
                .flatMap(home -> Stream.of("G1GC", "SerialGC", "ZGC").map(collector -> Arguments.of(home, collector)));
    }

    @ParameterizedTest
    @MethodSource("everyJdkAndCollector")
    void theSecretIsGoneAndTheStructureStays(Path home, String collector) throws Exception {
        byte[] plain = Files.readAllBytes(DumpedJvm.dump(home, collector, SECRET, work));
        ByteArrayOutputStream out = new ByteArrayOutputStream(plain.length);
        HeapDumpRedactor redactor = HeapDumpRedactor.redacting(new ByteArrayInputStream(plain), out);
        redactor.run();
        byte[] redacted = out.toByteArray();

        for (Charset encoding : ENCODINGS) {
            assertThat(Bytes.contains(redacted, SECRET.getBytes(encoding)))
                    .as("the secret in " + encoding)
                    .isFalse();
        }
        assertThat(Bytes.contains(plain, SECRET.getBytes(StandardCharsets.ISO_8859_1)))
                .isTrue();
        assertThat(Bytes.contains(plain, "open sesame".getBytes(StandardCharsets.ISO_8859_1)))
                .isTrue();
        assertThat(Bytes.contains(redacted, "open sesame".getBytes(StandardCharsets.ISO_8859_1)))
                .isFalse();
        assertThat(redacted).hasSameSizeAs(plain);
        assertThat(redactor.redaction().instancesOfUnknownClass()).isZero();
        assertThat(redactor.redaction().hashes()).isGreaterThan(4_000);

        ParsedHeap before = ParsedHeap.of(plain);
        ParsedHeap after = ParsedHeap.of(redacted);
        assertThat(after.histogram()).hasSizeGreaterThan(400).isEqualTo(before.histogram());
        assertThat(after.roots()).isNotEmpty().isEqualTo(before.roots());
        assertThat(after.statics()).isEqualTo(before.statics()).anyMatch(line -> line.contains("STATIC_NUMBER=77777"));
        sameObjects(before.objects(), after.objects());
        theMapCanBeWalked(before, after);
        everyPrimitiveArrayIsZero(after);
    }

    private static void sameObjects(Iterator<String> before, Iterator<String> after) {
        long count = 0;
        while (before.hasNext() && after.hasNext()) {
            String expected = before.next();
            String actual = after.next();
            if (!actual.equals(expected)) {
                assertThat(actual).isEqualTo(expected);
            }
            count++;
        }
        assertThat(after.hasNext()).isEqualTo(before.hasNext());
        assertThat(count).isGreaterThan(10_000);
    }

    private static void theMapCanBeWalked(ParsedHeap before, ParsedHeap after) {
        Instance map = (Instance) after.heap().getJavaClassByName("Holder").getValueOfStaticField("ACCOUNTS");
        assertThat(map.getValueOfField("size")).isEqualTo(1000);
        int entries = 0;
        for (Object bucket : ((ObjectArrayInstance) map.getValueOfField("table")).getValues()) {
            for (Instance node = (Instance) bucket; node != null; node = (Instance) node.getValueOfField("next")) {
                Instance account = (Instance) node.getValueOfField("value");
                Instance key = (Instance) node.getValueOfField("key");
                assertThat(account.getJavaClass().getName()).isEqualTo("Holder$Account");
                assertThat(account.getValueOfField("balance")).isEqualTo(0x1122334455667788L);
                assertThat(account.getValueOfField("number")).isEqualTo(0x12345678);
                assertThat(((Instance) account.getValueOfField("owner")).getInstanceId())
                        .isEqualTo(key.getInstanceId());
                for (Instance holder : List.of(node, account, key)) {
                    assertThat(holder.getValueOfField("hash")).isEqualTo(0);
                    Instance original = before.heap().getInstanceByID(holder.getInstanceId());
                    assertThat(original.getValueOfField("hash")).isNotEqualTo(0);
                }
                entries++;
            }
        }
        assertThat(entries).isEqualTo(1000);
    }

    private static void everyPrimitiveArrayIsZero(ParsedHeap after) throws IOException {
        Iterator<?> instances = after.heap().getAllInstancesIterator();
        while (instances.hasNext()) {
            if (instances.next() instanceof PrimitiveArrayInstance array) {
                List<?> values = array.getValues();
                assertThat(ZEROS.containsAll(Set.copyOf(values)))
                        .as("%s of %s", array.getJavaClass().getName(), values)
                        .isTrue();
            }
        }
    }
}
