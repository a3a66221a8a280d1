package io.heapwarden.evidence.chain;

import io.heapwarden.evidence.chain.OldObjectSample.Link;
import io.heapwarden.evidence.chain.OldObjectSample.Root;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Groups samples that are held in the same way and puts those first that agree with what the leak detector found. */
public final class ChainChooser {

    /** The thread that answers diagnostic commands: what it holds is the recording's own. */
    private static final String OWN_THREAD = "Attach Listener";

    private static final String OWN_PACKAGE = "jdk.jfr.";

    private final Set<String> culprits;
    private final Map<String, Long> instances;

    /**
     * @param culprits classes that were found to leak, as a histogram spells them; may be empty
     * @param instances objects of each class by a class histogram, for collections whose size is not known otherwise; may be empty
     */
    public ChainChooser(List<String> culprits, Map<String, Long> instances) {
        this.culprits = culprits.stream()
                .map(culprit -> ClassText.withoutAddress(ClassText.plain(culprit)))
                .collect(Collectors.toUnmodifiableSet());
        this.instances = Map.copyOf(instances);
    }

    /** @param others most chains to give besides the best */
    public HoldingChains choose(List<OldObjectSample> samples, int others) {
        Map<Chain, List<Chain>> groups = new LinkedHashMap<>();
        int counted = 0;
        int withoutChain = 0;
        for (OldObjectSample sample : samples) {
            if (ofTheRecording(sample)) {
                continue;
            }
            counted++;
            Root root = sample.root();
            if (root == null) {
                withoutChain++;
                continue;
            }
            Chain chain = chain(sample, root);
            groups.computeIfAbsent(shape(chain), shape -> new ArrayList<>()).add(chain);
        }
        List<Chain> ranked = groups.values().stream()
                .map(ChainChooser::merged)
                .sorted(ranking())
                .toList();
        return ranked.isEmpty()
                ? new HoldingChains(null, List.of(), counted, withoutChain)
                : new HoldingChains(
                        ranked.getFirst(),
                        ranked.subList(1, Math.min(ranked.size(), 1 + others)),
                        counted,
                        withoutChain);
    }

    private Chain chain(OldObjectSample sample, Root root) {
        List<Link> fromRoot = sample.links().reversed();
        ChainStart start = ChainStart.of(fromRoot, root);
        List<Step> steps = ChainFolding.fold(fromRoot.subList(start.from(), fromRoot.size()), instances);
        return new Chain(
                sample.className(),
                steps,
                start.hangsOn(),
                HolderRules.of(steps, sample.className()),
                start.threadName(),
                agreement(sample.className(), steps) > 0,
                1,
                sample.age(),
                allocationFrame(sample.allocationFrames()));
    }

    /** First what names a culprit and what the application owns, then what many and old objects are held by. */
    private Comparator<Chain> ranking() {
        return Comparator.comparingInt((Chain chain) -> agreement(chain.className(), chain.steps()))
                .thenComparing(ChainChooser::ofTheApplication)
                .thenComparingInt(Chain::samples)
                .thenComparing(Chain::oldest)
                .reversed();
    }

    private int agreement(String className, List<Step> steps) {
        if (culprits.contains(ClassText.withoutAddress(className))) {
            return 2;
        }
        return steps.stream().anyMatch(this::namesCulprit) ? 1 : 0;
    }

    private boolean namesCulprit(Step step) {
        return culprits.contains(ClassText.withoutAddress(step.owner()))
                || step.collection() != null
                        && culprits.contains(step.collection().type());
    }

    private static boolean ofTheApplication(Chain chain) {
        return chain.steps().stream().anyMatch(step -> !ClassText.ofTheJdk(step.owner()))
                || !ClassText.ofTheJdk(chain.className());
    }

    private static boolean ofTheRecording(OldObjectSample sample) {
        Root root = sample.root();
        return root != null && OWN_THREAD.equals(root.threadName())
                || sample.className().startsWith(OWN_PACKAGE)
                || sample.allocationFrames().stream().anyMatch(frame -> frame.startsWith(OWN_PACKAGE));
    }

    private static Chain shape(Chain chain) {
        return new Chain(
                ClassText.withoutAddress(chain.className()),
                chain.steps().stream().map(Step::shape).toList(),
                new Classified<>(chain.root().kind(), ""),
                new Classified<>(chain.holder().kind(), ""),
                chain.threadName(),
                chain.namesCulprit(),
                0,
                Duration.ZERO,
                null);
    }

    /** The one of the largest collection, with the count of all and the age and allocation of the oldest. */
    private static Chain merged(List<Chain> same) {
        Chain largest = same.stream()
                .max(Comparator.comparingLong(ChainChooser::entries))
                .orElseThrow();
        Chain oldest = same.stream().max(Comparator.comparing(Chain::oldest)).orElseThrow();
        return new Chain(
                ClassText.withoutAddress(largest.className()),
                largest.steps(),
                largest.root(),
                largest.holder(),
                largest.threadName(),
                largest.namesCulprit(),
                same.size(),
                oldest.oldest(),
                oldest.allocationFrame());
    }

    private static long entries(Chain chain) {
        return chain.steps().stream()
                .map(Step::collection)
                .mapToLong(collection -> collection == null || collection.entries() == null
                        ? 0
                        : collection.entries().number())
                .max()
                .orElse(0);
    }

    private static @Nullable String allocationFrame(Collection<String> frames) {
        return frames.stream()
                .filter(frame -> !ClassText.ofTheJdk(frame))
                .findFirst()
                .orElseGet(() -> frames.stream().findFirst().orElse(null));
    }
}
