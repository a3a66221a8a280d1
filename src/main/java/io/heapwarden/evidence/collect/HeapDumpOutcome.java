package io.heapwarden.evidence.collect;

import io.heapwarden.evidence.heapdump.HeapDumpPrediction;
import io.heapwarden.evidence.heapdump.HeapDumpRefusal;
import io.heapwarden.probe.ProbeResult.FailureReason;
import io.heapwarden.probe.ProbeResult.RefusalReason;

/** What came of asking for a heap dump. */
public sealed interface HeapDumpOutcome {

    /** It was taken, and sent; whether all of it arrived is in the report's transfer. */
    record Taken(HeapDumpReport report) implements HeapDumpOutcome {}

    /** There is none, for a reason of one word that the manifest of a bundle takes, and a sentence. */
    sealed interface Missing extends HeapDumpOutcome {

        String reason();

        String sentence();
    }

    /** The forecast was against it; nothing was done to the JVM. */
    record Refused(HeapDumpRefusal refusal, String sentence, HeapDumpPrediction predicted) implements Missing {
        @Override
        public String reason() {
            return refusal.name();
        }
    }

    /** The JVM may not be asked now. */
    record NotAsked(RefusalReason refusal, String sentence) implements Missing {
        @Override
        public String reason() {
            return refusal.name();
        }
    }

    /** It was tried and came to nothing. What the JVM wrote was removed, or is the next time. */
    record Failed(FailureReason failure, String sentence) implements Missing {
        @Override
        public String reason() {
            return failure.name();
        }
    }
}
