package io.heapwarden.growth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class PackedLevelsTest {

    private static final int CELLS = 37;

    @Property(tries = 200)
    void givesBackEachLevelRoundedDownToAUnit(
            @ForAll @IntRange(min = 1, max = 100_000) int seed,
            @ForAll @LongRange(min = 1, max = 1L << 45) long largest,
            @ForAll @LongRange(min = 0, max = 1L << 45) long least,
            @ForAll @IntRange(min = 1, max = 1 << 18) int resolution) {
        Random random = new Random(seed);
        long unit = Math.max(1, resolution / 16);
        PackedLevels packed = new PackedLevels(resolution, CELLS);
        long[] plain = new long[CELLS];
        Arrays.fill(plain, PackedLevels.MISSING);

        for (int i = 0; i < 500; i++) {
            int cell = random.nextInt(CELLS);
            long level = random.nextInt(5) == 0 ? PackedLevels.MISSING : least + random.nextLong(largest);
            packed.set(cell, level);
            plain[cell] = level == PackedLevels.MISSING ? level : level / unit * unit;
            assertThat(levels(packed)).isEqualTo(plain);
        }
    }

    @Test
    void aReadingBeyondAllMeasureBreaksNothing() {
        PackedLevels packed = new PackedLevels(1, 2);
        packed.set(0, Long.MAX_VALUE);
        packed.set(1, 7);

        assertThat(packed.get(0)).isGreaterThan(1L << 59);
        assertThat(packed.get(1)).isEqualTo(7);
    }

    private static long[] levels(PackedLevels packed) {
        long[] levels = new long[CELLS];
        Arrays.setAll(levels, packed::get);
        return levels;
    }
}
