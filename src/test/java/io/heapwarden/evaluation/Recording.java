package io.heapwarden.evaluation;

import io.heapwarden.growth.Life;
import io.heapwarden.growth.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** One recorded life and its samples in their order. */
public record Recording(Life life, List<Sample> samples) {

    public Recording {
        samples = List.copyOf(samples);
    }

    /** When the last sample was taken. */
    public Instant end() {
        return samples.isEmpty() ? life.startedAt() : samples.getLast().at();
    }

    /** From the JVM's start to a moment. */
    public Duration age(Instant at) {
        return Duration.between(life.startedAt(), at);
    }

    /** Which histograms it has: {@code live}, {@code garbage}, both or {@code none}. */
    String histograms() {
        boolean live = false;
        boolean garbage = false;
        for (Sample sample : samples) {
            if (sample.histogram() != null) {
                live |= sample.histogram().live();
                garbage |= !sample.histogram().live();
            }
        }
        if (live && garbage) {
            return "both";
        }
        return live ? "live" : garbage ? "garbage" : "none";
    }
}
