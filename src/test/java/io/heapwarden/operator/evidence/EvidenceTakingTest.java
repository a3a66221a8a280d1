package io.heapwarden.operator.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapwarden.api.Evidence;
import io.heapwarden.evidence.BundleBuilder;
import io.heapwarden.evidence.BundleReader;
import io.heapwarden.evidence.Manifest;
import io.heapwarden.evidence.Part;
import io.heapwarden.evidence.ReadBundle;
import io.heapwarden.evidence.collect.ChainOutcome;
import io.heapwarden.evidence.store.EvidenceStore;
import io.heapwarden.evidence.store.RetentionRules;
import io.heapwarden.evidence.store.VolumeSettings;
import io.heapwarden.jvm.ClassHistogram;
import io.heapwarden.operator.evidence.EvidenceState.Done;
import io.heapwarden.probe.ProbeResult;
import io.heapwarden.probe.ProbeResult.Failure;
import io.heapwarden.probe.ProbeResult.FailureReason;
import io.heapwarden.probe.ProbeResult.Refusal;
import io.heapwarden.probe.ProbeResult.RefusalReason;
import io.heapwarden.probe.ProbeResult.Success;
import io.heapwarden.time.MovableClock;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvidenceTakingTest {

    @TempDir
    Path volume;

    private final MovableClock clock = new MovableClock();
    private final Scripted source = new Scripted();

    @Test
    void everyPartIsInTheBundle() throws Exception {
        Done done = take(Orders.of("checkout-1", "com.shop.Order"));

        assertThat(done.sentence()).startsWith("Evidence is at file:///");
        ReadBundle bundle = read(done);
        assertThat(bundle.manifest().missing())
                .singleElement()
                .extracting(Manifest.Missing::reason, Manifest.Missing::detail)
                .containsExactly("NothingFound", "no object was sampled");
        assertThat(source.asked).contains("chain {com.shop.Order=100}");
        assertThat(bundle.manifest().parts())
                .extracting(Manifest.Entry::name)
                .contains("threads.txt", "class-loaders.txt", "native-memory.txt", "jvm.txt")
                .contains("histogram-before.txt", "histogram-after.txt", "histogram-difference.tsv", "floor.svg");
    }

    @Test
    void secretsOfTheJvmAreMasked() throws Exception {
        ReadBundle bundle = read(take(Orders.of("checkout-1", "com.shop.Order")));

        assertThat(new String(bundle.part(Part.Jvm), java.nio.charset.StandardCharsets.UTF_8))
                .contains("-Ddb.password=")
                .doesNotContain("hunter2");
    }

    @Test
    void whatCannotBeHadIsNamedAndTheRestGoesOn() throws Exception {
        source.text = new Failure<>(FailureReason.TimedOut, "no answer within 30 s");
        source.chain = new ChainOutcome.NotAsked(RefusalReason.PauseTooLong, "the search could take 900 ms");
        source.histograms.clear();
        source.histograms.add(new Refusal<>(RefusalReason.NotEnoughHeadroom, "4 MiB are free"));

        ReadBundle bundle = read(take(Orders.of("checkout-1", "com.shop.Order")));

        assertThat(bundle.manifest().missing())
                .extracting(Manifest.Missing::name, Manifest.Missing::reason)
                .contains(
                        org.assertj.core.groups.Tuple.tuple("threads.txt", "TimedOut"),
                        org.assertj.core.groups.Tuple.tuple("chain.txt", "PauseTooLong"),
                        org.assertj.core.groups.Tuple.tuple("histogram-before.txt", "NotEnoughHeadroom"));
        assertThat(bundle.manifest().parts())
                .extracting(Manifest.Entry::name)
                .contains("histogram-after.txt", "verdict.md");
    }

    @Test
    void aChainThatIsNotWishedIsNotLookedFor() throws Exception {
        ReadBundle bundle = read(take(Orders.of("checkout-1", "com.shop.Order", new Evidence(false, "1s", null))));

        assertThat(source.asked).noneMatch(asked -> asked.startsWith("chain"));
        assertThat(bundle.manifest().missing()).singleElement().satisfies(missing -> assertThat(missing.reason())
                .isEqualTo("NotWished"));
    }

    @Test
    void noChainIsLookedForWhereNothingGrows() throws Exception {
        ReadBundle bundle = read(take(Orders.ofFinding("checkout-1", "Terminal shell in container")));

        assertThat(source.asked).noneMatch(question -> question.startsWith("chain"));
        assertThat(bundle.manifest().missing())
                .singleElement()
                .extracting(Manifest.Missing::detail)
                .isEqualTo("A chain explains growth, and this is for a security finding.");
    }

    @Test
    void aStoreThatRefusesIsSaidAndNothingIsThrown() throws Exception {
        EvidenceStore store = new VolumeSettings(volume, 10).open();
        Done done = new EvidenceTaking(source, store, RetentionRules.DEFAULTS, clock)
                .take(Orders.of("checkout-1", "com.shop.Order"));

        assertThat(done.stored()).isNull();
        assertThat(done.sentence()).startsWith("Evidence was collected and could not be kept");
    }

    private Done take(EvidenceOrder order) {
        return new EvidenceTaking(source, new VolumeSettings(volume).open(), RetentionRules.DEFAULTS, clock)
                .take(order);
    }

    private static ReadBundle read(Done done) throws Exception {
        return BundleReader.read(Path.of(URI.create(done.stored().location())));
    }

    /** A JVM that answers as a script says. */
    private static final class Scripted implements EvidenceSource {

        final List<String> asked = new ArrayList<>();
        final Deque<ProbeResult<ClassHistogram>> histograms = new ArrayDeque<>(List.of(histogram(100), histogram(500)));
        ProbeResult<String> text = new Success<>("java -Ddb.password=hunter2 -jar shop.jar");
        ChainOutcome chain = new ChainOutcome.NothingFound("no object was sampled");

        @Override
        public ProbeResult<ClassHistogram> histogram(EvidenceOrder order) {
            return histograms.isEmpty() ? histogram(900) : histograms.removeFirst();
        }

        @Override
        public ProbeResult<String> text(EvidenceOrder order, TextQuestion question) {
            asked.add(question.name());
            return text;
        }

        @Override
        public ChainOutcome chain(EvidenceOrder order, Map<String, Long> instances) {
            asked.add("chain " + instances);
            return chain;
        }

        @Override
        public void heapDump(EvidenceOrder order, Instant at, EvidenceStore store, BundleBuilder bundle) {
            asked.add("heapDump");
        }

        private static ProbeResult<ClassHistogram> histogram(long orders) {
            return new Success<>(io.heapwarden.objective.Samples.histogram(
                            new ClassHistogram.Entry("com.shop.Order", orders, orders * 64))
                    .classes());
        }
    }
}
