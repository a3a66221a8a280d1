package io.heapwarden.evidence.store;

import static io.heapwarden.evidence.store.Keys.NOW;
import static io.heapwarden.evidence.store.Keys.bundle;
import static io.heapwarden.evidence.store.Keys.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heapwarden.evidence.Subject;
import io.heapwarden.evidence.store.Retention.Kept;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** What goes, what stays, and the names that say it. */
class RetentionTest {

    private static final RetentionRules RULES = new RetentionRules(Duration.ofDays(30), 1000, 3);
    private static final EvidenceKey WRITTEN = bundle("a", NOW);

    private static Kept kept(String workload, int daysAgo, long bytes) {
        return new Kept(bundle(workload, NOW.minus(Duration.ofDays(daysAgo))), bytes);
    }

    @Test
    void ageTotalAndCountEachTakeTheOldest() {
        assertThat(Retention.toDelete(List.of(kept("b", 31, 1), kept("b", 29, 1)), RULES, WRITTEN, NOW))
                .containsExactly(kept("b", 31, 1));
        assertThat(Retention.toDelete(
                        List.of(kept("b", 3, 400), kept("c", 2, 400), kept("d", 1, 400)), RULES, WRITTEN, NOW))
                .containsExactly(kept("b", 3, 400));
        assertThat(Retention.toDelete(
                        List.of(kept("b", 4, 1), kept("b", 3, 1), kept("b", 2, 1), kept("b", 1, 1), kept("c", 5, 1)),
                        RULES,
                        WRITTEN,
                        NOW))
                .containsExactly(kept("b", 4, 1));
    }

    @Test
    void theOneJustWrittenStaysWithAllItsFiles() {
        Kept dump = new Kept(key("a", NOW, EvidenceFile.HeapDump), 5000);
        Kept own = new Kept(WRITTEN, 5000);

        assertThat(Retention.toDelete(
                        List.of(dump, own, kept("a", 1, 1)), RULES, WRITTEN, NOW.plus(Duration.ofDays(99))))
                .containsExactly(kept("a", 1, 1));
    }

    @Property(tries = 300)
    void whatStaysKeepsToTheRules(@ForAll @Size(max = 30) List<@IntRange(min = 0, max = 2000) Integer> seeds) {
        List<Kept> all = new ArrayList<>();
        for (int i = 0; i < seeds.size(); i++) {
            int seed = seeds.get(i);
            Instant at = NOW.minus(Duration.ofHours(seed)).minusSeconds(i);
            all.add(new Kept(bundle("w" + seed % 3, at), seed % 200));
        }
        List<Kept> gone = Retention.toDelete(all, RULES, WRITTEN, NOW);
        List<Kept> stays = new ArrayList<>(all);
        stays.removeAll(gone);

        assertThat(stays.stream().mapToLong(Kept::bytes).sum()).isLessThanOrEqualTo(RULES.maxTotalBytes());
        assertThat(stays).allMatch(kept -> !kept.key().takenAt().isBefore(NOW.minus(RULES.maxAge())));
        for (String owner : Set.of("w0", "w1", "w2")) {
            assertThat(stays.stream()
                            .filter(kept -> kept.key().workload().equals(owner))
                            .count())
                    .isLessThanOrEqualTo(RULES.maxPerWorkload());
        }
        assertThat(new HashSet<>(gone)).hasSameSizeAs(gone).isSubsetOf(all);
    }

    @Test
    void aKeyIsReadFromItsPath() {
        Subject subject = new Subject(
                "shop", "orders.v2-7d9f-abcde", "0123ABCD-9", "app", "Deployment/Orders_v2", null, null, null);
        EvidenceKey key = EvidenceKey.of(subject, NOW.plusMillis(7), EvidenceFile.CompressedHeapDump);

        assertThat(key.path())
                .isEqualTo("shop/deployment-orders-v2/20261126T021500Z-orders.v2-7d9f-abcde-0123abcd.heap.hprof.gz");
        assertThat(EvidenceKey.parse(key.path())).contains(key);
    }

    @Test
    void otherPathsAreNotOurs() {
        for (String path : List.of(
                "shop/a/notes.txt",
                "shop/a/20261126T021500Z-a-0123abcd.evidence.zip.bak",
                "shop/../20261126T021500Z-a-0123abcd.evidence.zip",
                "a/shop/a/20261126T021500Z-a-0123abcd.evidence.zip",
                "shop/a/20261399T021500Z-a-0123abcd.evidence.zip")) {
            assertThat(EvidenceKey.parse(path)).as(path).isEmpty();
        }
    }

    @Test
    void namesThatLeaveTheDirectoryAreRefused() {
        for (String name : List.of("..", "../x", "a/b", ".hidden", "", "A", "a..b")) {
            assertThatThrownBy(() -> new EvidenceKey(name, "w", NOW, "p", "0123abcd", EvidenceFile.Bundle))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("namespace");
        }
    }
}
