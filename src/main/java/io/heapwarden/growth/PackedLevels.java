package io.heapwarden.growth;

/**
 * Levels of one series in few bits each: as the distance from a common offset, in units of a sixteenth of the smallest step that counts as a rise, with as
 * many bits as the largest distance takes (a frame of reference, as column stores keep numbers). A constant series takes a bit for each level, a
 * heap that swings by 100 MiB fifteen. What a level is rounded down to depends on nothing but the level, so a level may be written at any time.
 */
final class PackedLevels {

    static final long MISSING = -1;

    private static final int UNITS_A_STEP = 16;

    /** Garbled readings above this are kept as this, so that a distance fits a word. */
    private static final long MOST_UNITS = 1L << 60;

    private final int unit;
    private final short cells;
    private byte bits;
    private long offset;
    private long[] words = {};

    /**
     * @param resolution smallest step that counts as a rise
     * @param cells how many levels there are, {@link #MISSING} at first
     */
    PackedLevels(long resolution, int cells) {
        this.unit = (int) Math.max(1, resolution / UNITS_A_STEP);
        this.cells = (short) cells;
    }

    /** The level in a cell, rounded down to a unit, or {@link #MISSING}. */
    long get(int cell) {
        long code = code(cell);
        return code == 0 ? MISSING : (offset + code - 1) * unit;
    }

    /** Writes a level of 0 or more, or {@link #MISSING}. */
    void set(int cell, long level) {
        if (level == MISSING) {
            code(cell, 0);
            return;
        }
        long units = Math.min(level / unit, MOST_UNITS);
        if (units < offset || units - offset + 1 > largestCode()) {
            code(cell, 0);
            repack(units);
        }
        code(cell, units - offset + 1);
    }

    private long largestCode() {
        return (1L << bits) - 1;
    }

    /** Makes room for a level, with what is left over half below and half above. */
    private void repack(long added) {
        long[] units = new long[cells];
        long least = added;
        long most = added;
        for (int cell = 0; cell < cells; cell++) {
            long code = code(cell);
            units[cell] = code == 0 ? MISSING : offset + code - 1;
            if (code != 0) {
                least = Math.min(least, units[cell]);
                most = Math.max(most, units[cell]);
            }
        }
        bits = (byte) (Long.SIZE - Long.numberOfLeadingZeros(most - least + 1));
        offset = Math.max(0, least - (largestCode() - (most - least + 1)) / 2);
        words = new long[(cells * bits + Long.SIZE - 1) / Long.SIZE];
        for (int cell = 0; cell < cells; cell++) {
            code(cell, units[cell] == MISSING ? 0 : units[cell] - offset + 1);
        }
    }

    private long code(int cell) {
        if (bits == 0) {
            return 0;
        }
        int at = cell * bits;
        int word = at / Long.SIZE;
        int shift = at % Long.SIZE;
        long code = words[word] >>> shift;
        if (shift + bits > Long.SIZE) {
            code |= words[word + 1] << (Long.SIZE - shift);
        }
        return code & largestCode();
    }

    private void code(int cell, long code) {
        if (bits == 0) {
            return;
        }
        int at = cell * bits;
        int word = at / Long.SIZE;
        int shift = at % Long.SIZE;
        words[word] = words[word] & ~(largestCode() << shift) | code << shift;
        if (shift + bits > Long.SIZE) {
            int written = Long.SIZE - shift;
            words[word + 1] = words[word + 1] & ~(largestCode() >>> written) | code >>> written;
        }
    }
}
