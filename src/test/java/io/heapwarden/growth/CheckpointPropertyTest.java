package io.heapwarden.growth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** A detector that was restored says what one without the break says. */
class CheckpointPropertyTest {

    private static final int SAMPLES = 160;

    @Property(tries = 60)
    void aBreakAtAnyCutChangesNothing(
            @ForAll @IntRange(min = 1, max = SAMPLES) int cut,
            @ForAll @IntRange(min = 1, max = 1000) int seed,
            @ForAll @IntRange(min = 0, max = 3) int kind) {
        SimulatedJvm jvm = jvm(kind, seed);
        RisingFloorDetector whole = new RisingFloorDetector(jvm.life());
        RisingFloorDetector broken = new RisingFloorDetector(jvm.life());
        Assessment last = null;
        for (int i = 1; i <= SAMPLES; i++) {
            Sample sample = jvm.next(last != null && last.histogramWanted() && i % 5 == 0);
            last = whole.observe(sample);
            assertThat(broken.observe(sample)).isEqualTo(last);
            if (i == cut) {
                broken = RisingFloorDetector.restore(jvm.life(), broken.checkpoint());
            }
        }
        assertThat(broken.checkpoint()).isEqualTo(whole.checkpoint());
    }

    @Test
    void anotherIntervalStartsAnew() {
        SimulatedJvm jvm = jvm(0, 1);
        RisingFloorDetector detector = new RisingFloorDetector(jvm.life());
        jvm.run(detector, 60);
        SimulatedJvm slower = new SimulatedJvm(1, Duration.ofMinutes(2), 128);

        RisingFloorDetector restored = RisingFloorDetector.restore(slower.life(), detector.checkpoint());

        assertThat(restored.checkpoint().samples()).isZero();
    }

    private static SimulatedJvm jvm(int kind, int seed) {
        SimulatedJvm jvm = new SimulatedJvm(seed, Duration.ofSeconds(2), 128);
        return switch (kind) {
            case 0 -> jvm.live(step -> 10 + 0.7 * step);
            case 1 -> jvm.live(step -> 10 + 0.3 * step).promoting(0.6, 0.5, 60);
            case 2 -> jvm.live(step -> 15 + (step % 60 < 40 ? step % 60 : 0)).threads(step -> 20 + step / 3);
            default -> jvm.live(step -> 10 + 0.7 * step).withoutAfterGc();
        };
    }
}
