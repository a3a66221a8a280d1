package io.heapwarden.evidence.collect;

import io.heapwarden.evidence.chain.Chain;
import io.heapwarden.evidence.chain.ChainRefusal;
import io.heapwarden.evidence.chain.HoldingChains;
import io.heapwarden.probe.ProbeResult.RefusalReason;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What came of asking a JVM for chains of references. */
public sealed interface ChainOutcome {

    /**
     * There is at least one chain.
     *
     * @param chains the best first
     * @param best the first of them
     * @param takenAt when the search was made
     */
    record Found(HoldingChains chains, Chain best, Instant takenAt) implements ChainOutcome {

        /** As people read it: the best chain with its sentence, then the others. */
        public String text() {
            String others = chains.others().stream()
                    .map(chain -> "\n" + chain.line() + "\n" + chain.sentence() + "\n")
                    .collect(Collectors.joining());
            return Stream.of(
                            best.line(),
                            best.sentence(),
                            others.isEmpty() ? "" : "\nAlso:\n" + others,
                            "%d objects were sampled and still alive; for %d of them the search found no way to a root in time."
                                    .formatted(chains.samples(), chains.withoutChain()))
                    .filter(line -> !line.isEmpty())
                    .collect(Collectors.joining("\n", "", "\n"));
        }
    }

    /** There is none, for a reason of one word that the manifest of a bundle takes, and a sentence. */
    sealed interface Missing extends ChainOutcome {

        String reason();

        String sentence();
    }

    /** The forecast was against it, or somebody else records; nothing was changed in the JVM. */
    record Refused(ChainRefusal refusal, String sentence) implements Missing {
        @Override
        public String reason() {
            return refusal.name();
        }
    }

    /** The JVM may not be asked now. What had been begun was ended, or ends by itself. */
    record NotAsked(RefusalReason refusal, String sentence) implements Missing {
        @Override
        public String reason() {
            return refusal.name();
        }
    }

    /** It was recorded, and no chain was in it. */
    record NothingFound(String sentence) implements Missing {
        @Override
        public String reason() {
            return "NothingFound";
        }
    }

    /** It was tried and came to nothing. */
    record Failed(String sentence) implements Missing {
        @Override
        public String reason() {
            return "Failed";
        }
    }
}
