package io.heapwarden.workload;

import io.heapwarden.growth.Signal;
import io.heapwarden.growth.State;
import io.heapwarden.growth.WorkloadKnowledge;
import io.heapwarden.growth.WorkloadKnowledge.Regression;
import io.heapwarden.growth.WorkloadKnowledge.Siblings;
import io.heapwarden.workload.LifeSummary.Leak;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a workload remembers of its lives: how high floors stood in good health (the maximum filter of PrecogMF, Jindal et al. 2021, carried over
 * from one pod to the next), what leaked and since when, and how fast each revision grew. An immutable value, bounded in size: the newest
 * {@value #REVISIONS} revisions and {@value #LEAKS} leaks.
 *
 * @param revisions what is remembered of each revision, the newest first
 * @param leaks leaks that have not been outlived by a newer revision, the newest first
 * @param regression the newest regression that was told; null when none was
 */
public record WorkloadMemory(List<RevisionMemory> revisions, List<KnownLeak> leaks, @Nullable Regression regression) {

    public static final int REVISIONS = 3;
    public static final int LEAKS = 4;

    /** Nothing is known yet. */
    public static final WorkloadMemory NONE = new WorkloadMemory(List.of(), List.of(), null);

    /** Fewer siblings than this say nothing. */
    static final int LEAST_SIBLINGS = 3;

    /** Of the plateaus, all but the highest of so many count. */
    static final double PLATEAU_QUANTILE = 0.95;

    /** A plateau never lets a floor come nearer to the limit than this, whatever stood there before. */
    static final double HIGHEST_PLATEAU = 0.7;

    /** A leak is taken for mended when a life of a newer revision stayed calm for this many times the age at which it was confirmed. */
    static final int MENDED_AFTER = 2;

    /** Starts that are nearer to each other are those of one life, or of replicas that began together. */
    static final Duration ONE_START = Duration.ofSeconds(10);

    private static final Comparator<RevisionMemory> NEWEST_FIRST =
            Comparator.comparing(RevisionMemory::firstSeen).reversed();

    public WorkloadMemory {
        revisions = List.copyOf(revisions);
        leaks = List.copyOf(leaks);
    }

    /** With a life that has ended. */
    public WorkloadMemory remember(LifeSummary ended) {
        if (ended.ending() == Ending.Running) {
            throw new IllegalArgumentException(
                    "life " + ended.life() + " goes on; only one that has ended is remembered");
        }
        RevisionMemory own = revision(ended.revision()).orElseGet(() -> RevisionMemory.begin(ended));
        List<RevisionMemory> kept = new ArrayList<>(revisions);
        kept.removeIf(other -> other.revision().equals(own.revision()));
        kept.add(own.withEnded(ended));
        kept.sort(NEWEST_FIRST);
        return new WorkloadMemory(kept.subList(0, Math.min(REVISIONS, kept.size())), stillOpen(ended), regression)
                .noteLeak(ended);
    }

    /** With the leak of a life, which may go on: who is killed for it may leave no time to write. */
    public WorkloadMemory noteLeak(LifeSummary life) {
        List<KnownLeak> known = new ArrayList<>(leaks);
        for (Leak leak : life.leaks()) {
            Optional<KnownLeak> before =
                    known.stream().filter(one -> one.isLike(leak)).findFirst();
            before.ifPresent(known::remove);
            known.addFirst(before.map(one -> again(one, life, leak))
                    .orElseGet(() -> new KnownLeak(
                            leak.signal(),
                            leak.culprit(),
                            life.revision(),
                            life.startedAt(),
                            life.revision(),
                            leak.age())));
        }
        return new WorkloadMemory(revisions, known.subList(0, Math.min(LEAKS, known.size())), regression);
    }

    /** With a regression that is told. */
    public WorkloadMemory with(Regression told) {
        return new WorkloadMemory(revisions, leaks, told);
    }

    /**
     * What the workload teaches about a life.
     *
     * @param life the life as it stands
     * @param running the lives of the workload that go on; this one may be among them
     */
    public WorkloadKnowledge knowledgeFor(LifeSummary life, Collection<LifeSummary> running) {
        List<LifeSummary> others = running.stream()
                .filter(other -> !other.life().equals(life.life()))
                .toList();
        return new WorkloadKnowledge(
                plateaus(life, others),
                earlierLeaks(life).map(KnownLeak::signal).collect(Collectors.toUnmodifiableSet()),
                earlierLeaks(life)
                        .flatMap(leak -> Stream.ofNullable(leak.culprit()))
                        .collect(Collectors.toUnmodifiableSet()),
                siblings(life, others),
                regression(life, others));
    }

    /** The revision in which a leak like this was first seen; empty when it is new. */
    public Optional<String> firstSeenIn(Leak leak) {
        return leaks.stream()
                .filter(known -> known.isLike(leak))
                .map(KnownLeak::firstRevision)
                .findFirst();
    }

    /** Highest floors held in good health over all remembered lives, all but the highest twentieth. */
    public Map<Signal, Double> plateaus() {
        return quantiles(revisions.stream()
                .flatMap(revision -> revision.plateaus().stream())
                .toList());
    }

    private static KnownLeak again(KnownLeak known, LifeSummary life, Leak leak) {
        return new KnownLeak(
                known.signal(),
                leak.culprit() == null ? known.culprit() : leak.culprit(),
                known.firstRevision(),
                known.firstSeen(),
                life.revision(),
                leak.age().compareTo(known.age()) < 0 ? leak.age() : known.age());
    }

    /** The leaks that a life does not show to be mended. */
    private List<KnownLeak> stillOpen(LifeSummary life) {
        Map<Signal, Double> held = life.heldInGoodHealth();
        return leaks.stream()
                .filter(leak -> !(held.containsKey(leak.signal())
                        && newer(life, leak.lastRevision())
                        && life.age().compareTo(leak.age().multipliedBy(MENDED_AFTER)) >= 0))
                .toList();
    }

    private boolean newer(LifeSummary life, String revision) {
        Instant own = revision(life.revision()).map(RevisionMemory::firstSeen).orElse(life.startedAt());
        return !life.revision().equals(revision)
                && revision(revision)
                        .map(known -> known.firstSeen().isBefore(own))
                        .orElse(true);
    }

    private Map<Signal, Double> plateaus(LifeSummary life, List<LifeSummary> others) {
        List<Map<Signal, Double>> all = new ArrayList<>();
        revisions.forEach(revision -> all.addAll(revision.plateaus()));
        others.forEach(other -> all.add(other.heldInGoodHealth()));
        Map<Signal, Double> plateaus = quantiles(all);
        life.signals().forEach((signal, floors) -> {
            Double limit = floors.limit();
            if (limit != null) {
                plateaus.computeIfPresent(signal, (any, plateau) -> Math.min(plateau, HIGHEST_PLATEAU * limit));
            }
        });
        return plateaus;
    }

    private static Map<Signal, Double> quantiles(List<Map<Signal, Double>> held) {
        Map<Signal, List<Double>> bySignal = new EnumMap<>(Signal.class);
        held.forEach(life -> life.forEach((signal, floor) ->
                bySignal.computeIfAbsent(signal, any -> new ArrayList<>()).add(floor)));
        Map<Signal, Double> quantiles = new EnumMap<>(Signal.class);
        bySignal.forEach((signal, floors) -> {
            floors.sort(Comparator.naturalOrder());
            quantiles.put(signal, floors.get((int) Math.ceil(PLATEAU_QUANTILE * floors.size()) - 1));
        });
        return quantiles;
    }

    private Stream<KnownLeak> earlierLeaks(LifeSummary life) {
        return leaks.stream().filter(leak -> leak.firstSeen().plus(ONE_START).isBefore(life.startedAt()));
    }

    /** Those at least half as old: who is much younger has not had the time to show it. */
    private static @Nullable Siblings siblings(LifeSummary life, List<LifeSummary> others) {
        List<LifeSummary> judged = others.stream()
                .filter(other -> other.revision().equals(life.revision()))
                .filter(other -> other.state() != State.WarmingUp && other.state() != State.Unreachable)
                .filter(other -> other.age().multipliedBy(2).compareTo(life.age()) >= 0)
                .toList();
        if (judged.size() < LEAST_SIBLINGS) {
            return null;
        }
        LifeSummary.Rising rising = life.rising();
        int alike = rising == null
                ? 0
                : (int) judged.stream().filter(other -> other.risesLike(rising)).count();
        return new Siblings(judged.size(), alike);
    }

    /** Against the newest earlier revision that has been at this age. */
    private @Nullable Regression regression(LifeSummary life, List<LifeSummary> others) {
        Map<String, RevisionMemory> earlier = new LinkedHashMap<>();
        revisions.forEach(known -> earlier.put(known.revision(), known));
        for (LifeSummary other : others) {
            if (!other.revision().equals(life.revision())) {
                earlier.put(
                        other.revision(),
                        earlier.getOrDefault(other.revision(), RevisionMemory.begin(other))
                                .with(other));
            }
        }
        RevisionMemory remembered = earlier.remove(life.revision());
        Instant own = Stream.concat(
                        remembered == null ? Stream.empty() : Stream.of(remembered.firstSeen()),
                        Stream.concat(Stream.of(life), others.stream())
                                .filter(same -> same.revision().equals(life.revision()))
                                .map(LifeSummary::startedAt))
                .min(Comparator.naturalOrder())
                .orElse(life.startedAt());
        return earlier.values().stream()
                .filter(revision -> revision.firstSeen().isBefore(own))
                .sorted(NEWEST_FIRST)
                .filter(revision -> Differential.comparable(life, revision))
                .findFirst()
                .flatMap(previous -> Differential.of(life, previous))
                .orElse(null);
    }

    private Optional<RevisionMemory> revision(String name) {
        return revisions.stream()
                .filter(revision -> revision.revision().equals(name))
                .findFirst();
    }
}
