package io.heapwarden.workload;

import io.heapwarden.growth.Assessment;
import io.heapwarden.growth.RisingFloorDetector;
import io.heapwarden.growth.SimulatedJvm;
import io.heapwarden.growth.State;
import io.heapwarden.growth.WorkloadKnowledge;
import java.util.ArrayList;
import java.util.List;

/** A simulated life from its first sample to its last, judged with what others taught. */
record Lived(LifeSummary summary, LifeCheckpoint checkpoint, List<Assessment> assessments) {

    static final int NEVER = Integer.MAX_VALUE;

    static Lived through(String life, String revision, SimulatedJvm jvm, WorkloadKnowledge knowledge, int samples) {
        RisingFloorDetector detector = new RisingFloorDetector(jvm.life());
        detector.learn(knowledge);
        LifeRecorder recorder = new LifeRecorder(life, revision, jvm.life());
        List<Assessment> assessments = new ArrayList<>();
        boolean wanted = false;
        for (int i = 0; i < samples; i++) {
            var sample = jvm.next(wanted && i % 5 == 0);
            Assessment assessment = detector.observe(sample);
            recorder.observe(sample.at(), assessment);
            wanted = assessment.histogramWanted();
            assessments.add(assessment);
        }
        return new Lived(recorder.summary(), recorder.checkpoint(), assessments);
    }

    /** Number of the first sample at which a leak was told, from 1. */
    int toldAt() {
        for (int i = 0; i < assessments.size(); i++) {
            if (assessments.get(i).state().confirmed()) {
                return i + 1;
            }
        }
        return NEVER;
    }

    State state() {
        return assessments.getLast().state();
    }
}
