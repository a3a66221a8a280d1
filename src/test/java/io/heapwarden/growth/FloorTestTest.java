package io.heapwarden.growth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class FloorTestTest {

    @Test
    void aLinePasses() {
        assertThat(passes(i -> 1000 + 100 * i)).isTrue();
    }

    @Test
    void oneFallIsAllowedTwoAreNot() {
        assertThat(passes(i -> 1000 + 100 * i - (i == 6 ? 110 : 0))).isTrue();
        assertThat(passes(i -> 1000 + 100 * i - (i == 6 || i == 8 ? 210 : 0))).isFalse();
    }

    @Test
    void whatSlowsDownIsRefused() {
        assertThat(passes(i -> (long) (1000 * (1 - Math.exp(-i / 5.0))) + 1000)).isFalse();
    }

    @Test
    void whatReturnsIsRefused() {
        assertThat(passes(i -> 1000 + (i < 9 ? 100 * i : 100 * (i - 9)))).isFalse();
    }

    @Test
    void aRandomWalkPassesLessOftenThanTheSignTestAllows() {
        Random random = new Random(1);
        int passed = 0;
        for (int run = 0; run < 20_000; run++) {
            long[] floors = new long[BucketFloors.KEPT];
            floors[0] = 1_000_000;
            for (int i = 1; i < floors.length; i++) {
                floors[i] = floors[i - 1] + (long) (10_000 * random.nextGaussian());
            }
            Trend trend = FloorTest.of(floors, 1, 1, FloorTest.LEAST_PRESENT);
            passed += trend != null && trend.risesForGood() ? 1 : 0;
        }
        assertThat(passed).isLessThan(120);
    }

    @Test
    void missingBucketsAreSkippedAndTooManyGiveNoAnswer() {
        assertThat(passes(i -> i == 4 || i == 7 ? BucketFloors.MISSING : 1000 + 100 * i))
                .isTrue();
        long[] sparse = new long[BucketFloors.KEPT];
        for (int i = 0; i < sparse.length; i++) {
            sparse[i] = i < 3 ? BucketFloors.MISSING : 1000 + 100L * i;
        }
        assertThat(FloorTest.of(sparse, 1, 1, FloorTest.LEAST_PRESENT)).isNull();
    }

    private interface Floor {
        long at(int bucket);
    }

    private static boolean passes(Floor floor) {
        long[] floors = new long[BucketFloors.KEPT];
        for (int i = 0; i < floors.length; i++) {
            floors[i] = floor.at(i);
        }
        Trend trend = FloorTest.of(floors, 1000, 1, FloorTest.LEAST_PRESENT);
        return trend != null && trend.risesForGood();
    }
}
