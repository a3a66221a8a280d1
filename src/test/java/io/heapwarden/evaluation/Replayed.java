package io.heapwarden.evaluation;

import io.heapwarden.growth.Sample;
import io.heapwarden.trace.Replay;
import io.heapwarden.trace.TraceReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A trace that was replayed as {@code heapwarden replay} does.
 *
 * @param recording what was recorded
 * @param observations what the engine said after each sample
 * @param printed what {@code replay} prints: each change, with exhaustion as it rounds it
 */
record Replayed(Recording recording, List<Observation> observations, List<Observation> printed) {

    /**
     * Replays a trace.
     *
     * @throws IOException when it cannot be read, or when a line of it is bad: a committed trace has none
     */
    static Replayed of(Path trace) throws IOException {
        try (TraceReader reader = TraceReader.open(trace)) {
            List<Sample> samples = new ArrayList<>();
            List<Observation> observations = new ArrayList<>();
            Replay replay = Replay.of(reader, (sample, assessment, detector) -> {
                samples.add(sample);
                observations.add(Observation.of(sample.at(), assessment));
            });
            if (replay.badLines() > 0) {
                throw new IOException(replay.firstBad().getFirst().toString());
            }
            List<Observation> printed =
                    replay.history().stream().map(Observation::of).toList();
            return new Replayed(new Recording(reader.header().life(), samples), observations, printed);
        }
    }
}
