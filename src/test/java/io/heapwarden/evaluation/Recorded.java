package io.heapwarden.evaluation;

import io.heapwarden.growth.Sample;
import io.heapwarden.trace.TraceLine;
import io.heapwarden.trace.TraceReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads whole traces. */
final class Recorded {

    private Recorded() {}

    /**
     * Reads a trace into memory.
     *
     * @throws IOException when it cannot be read, or when a line of it is bad: a committed trace has none
     */
    static Recording read(Path trace) throws IOException {
        try (TraceReader reader = TraceReader.open(trace)) {
            List<Sample> samples = new ArrayList<>();
            for (TraceLine line = reader.next(); line != null; line = reader.next()) {
                switch (line) {
                    case TraceLine.Taken taken -> samples.add(taken.sample());
                    case TraceLine.Bad bad -> throw new IOException(bad.toString());
                }
            }
            return new Recording(reader.header().life(), samples);
        }
    }
}
