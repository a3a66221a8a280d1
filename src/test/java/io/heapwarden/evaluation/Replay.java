package io.heapwarden.evaluation;

import io.heapwarden.growth.LeakDetector;
import io.heapwarden.growth.RisingFloorDetector;
import io.heapwarden.growth.Sample;
import java.util.ArrayList;
import java.util.List;

/** Runs the engine over a recording. */
final class Replay {

    private Replay() {}

    /** What it said after each sample. */
    static List<Observation> of(Recording recording) {
        LeakDetector detector = new RisingFloorDetector(recording.life());
        List<Observation> observations = new ArrayList<>(recording.samples().size());
        for (Sample sample : recording.samples()) {
            observations.add(Observation.of(sample.at(), detector.observe(sample)));
        }
        return observations;
    }
}
