package io.heapwarden.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapwarden.growth.Life;
import io.heapwarden.growth.Signal;
import io.heapwarden.growth.SimulatedJvm;
import io.heapwarden.growth.State;
import io.heapwarden.growth.WorkloadKnowledge;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What one life teaches is of use to the next. */
class SecondLifeTest {

    @ParameterizedTest
    @CsvSource({"PT2S,1", "PT2S,2", "PT1M,3", "PT1M,4", "PT1H,5"})
    void aSecondLeakingLifeIsKnownSoonerThanTheFirst(Duration interval, long seed) {
        Lived first = Lived.through("1", "7d4f", leaking(seed, interval), WorkloadKnowledge.NONE, 400);
        WorkloadMemory memory = WorkloadMemory.NONE.remember(first.summary().ended(Ending.OutOfMemory));
        WorkloadKnowledge taught = knowledge(memory, interval);
        Lived second = Lived.through("2", "7d4f", leaking(seed + 100, interval), taught, 400);

        assertThat(taught.leakedBefore()).containsExactly(Signal.HeapAfterGC);
        assertThat(taught.culpritsBefore()).containsExactly("com.shop.Order");
        assertThat(first.toldAt()).isLessThan(Lived.NEVER);
        assertThat(second.toldAt()).isLessThan(first.toldAt() * 3 / 4);
    }

    /** Nothing tells such a cache from a leak while it fills; its first life may be told as one, until it has stood still for two days. */
    @ParameterizedTest
    @CsvSource({"PT1M,11,7000", "PT1H,12,1000"})
    void aCacheThatFilledInALineBeforeIsNoNewsTheSecondTime(Duration interval, long seed, int samples) {
        Lived first = Lived.through("1", "7d4f", cache(seed, interval), WorkloadKnowledge.NONE, samples);
        WorkloadMemory memory = WorkloadMemory.NONE.remember(first.summary().ended(Ending.Stopped));
        WorkloadKnowledge taught = knowledge(memory, interval);
        Lived second = Lived.through("2", "7d4f", cache(seed + 1, interval), taught, samples);

        assertThat(first.state()).isEqualTo(State.Healthy);
        assertThat(taught.healthyPlateaus().get(Signal.HeapAfterGC)).isBetween(85.0 * Lives.MIB, 95.0 * Lives.MIB);
        assertThat(taught.leakedBefore()).isEmpty();
        assertThat(second.toldAt()).isEqualTo(Lived.NEVER);
    }

    @ParameterizedTest
    @CsvSource({"PT2S,21", "PT1M,22"})
    void aRecorderGoesOnFromACheckpoint(Duration interval, long seed) {
        SimulatedJvm jvm = leaking(seed, interval);
        Lived whole = Lived.through("1", "7d4f", leaking(seed, interval), WorkloadKnowledge.NONE, 300);
        LifeRecorder recorder = new LifeRecorder("1", "7d4f", jvm.life());
        for (int i = 0; i < 300; i++) {
            recorder.observe(jvm.next(false).at(), whole.assessments().get(i));
            recorder = LifeRecorder.restore("1", "7d4f", jvm.life(), recorder.checkpoint());
        }

        assertThat(recorder.summary()).isEqualTo(whole.summary());
        assertThat(recorder.checkpoint()).isEqualTo(whole.checkpoint());
    }

    private static WorkloadKnowledge knowledge(WorkloadMemory memory, Duration interval) {
        Life next =
                new Life(SimulatedJvm.START.plus(Duration.ofDays(30)), interval, null, null, null, null, null, null);
        return memory.knowledgeFor(new LifeRecorder("new", "7d4f", next).summary(), List.of());
    }

    /** Orders pile up until the heap is full; old collections show that they are kept. */
    private static SimulatedJvm leaking(long seed, Duration interval) {
        return new SimulatedJvm(seed, interval, 256)
                .live(step -> 20 + 0.7 * step)
                .promoting(0.5, 0, 40);
    }

    /** Fills to 90 of 128 MiB in 150 samples and stays there. */
    private static SimulatedJvm cache(long seed, Duration interval) {
        return new SimulatedJvm(seed, interval, 128).live(step -> 20 + Math.min(70, step * 70.0 / 150));
    }
}
