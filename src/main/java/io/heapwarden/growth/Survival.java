package io.heapwarden.growth;

import io.heapwarden.growth.Sample.GcCount;

/**
 * What is left of a series after old collections. G1 counts an old collection when marking ends and gives the memory back over the following
 * mixed collections, so the level that survived is the lowest within {@value #COLLECTIONS_UNTIL_KNOWN} collections from there.
 */
final class Survival {

    /** G1 spreads the work over eight mixed collections (G1MixedGCCountTarget); two more until the first begins. */
    static final int COLLECTIONS_UNTIL_KNOWN = 10;

    /** The first of them give an eighth each of what can be freed; after so many a fall would be seen … */
    static final int COLLECTIONS_TO_SEE_A_FALL = 4;

    /** … so that the growth has survived when no more than this share of it is gone. */
    static final double NOTHING_FREED = 0.1;

    private static final long NONE = -1;

    private int lastFull = (int) NONE;
    private int pendingUntil = (int) NONE;
    private long pendingFloor = NONE;
    private long pendingFrom = NONE;
    private long survived = NONE;
    private long highest = NONE;
    private long returnedFrom = NONE;

    Survival() {}

    Survival(DetectorCheckpoint.Survived state) {
        lastFull = state.lastFull();
        pendingUntil = state.pendingUntil();
        pendingFloor = state.pendingFloor();
        pendingFrom = state.pendingFrom();
        survived = state.survived();
        highest = state.highest();
        returnedFrom = state.returnedFrom();
    }

    /**
     * Takes a value in.
     *
     * @param value the series now, or {@link BucketFloors#MISSING}
     * @param before the series before
     */
    void observe(long value, long before, GcCount gc, long base) {
        if (value == BucketFloors.MISSING) {
            return;
        }
        int collections = (int) Math.min(Integer.MAX_VALUE / 2, gc.young() + gc.full());
        int full = (int) Math.min(Integer.MAX_VALUE / 2, gc.full());
        if (full < lastFull) {
            // Counters went back: whatever was pending can no longer be counted.
            pendingUntil = (int) NONE;
        } else if (lastFull != NONE && full > lastFull && pendingUntil == NONE) {
            pendingUntil = collections + COLLECTIONS_UNTIL_KNOWN;
            pendingFloor = value;
            pendingFrom = Math.max(value, before);
        }
        lastFull = full;
        if (pendingUntil == NONE) {
            return;
        }
        pendingFloor = Math.min(pendingFloor, value);
        boolean notFalling = base != BucketFloors.MISSING
                && collections >= pendingUntil - COLLECTIONS_UNTIL_KNOWN + COLLECTIONS_TO_SEE_A_FALL
                && pendingFloor >= pendingFrom - (pendingFrom - base) * NOTHING_FREED;
        if (collections >= pendingUntil || notFalling) {
            pendingUntil = (int) NONE;
            accept(pendingFloor, base);
        }
    }

    private void accept(long floor, long base) {
        survived = floor;
        if (highest != NONE && base != BucketFloors.MISSING && floor < base + (highest - base) / 2) {
            returnedFrom = Math.max(returnedFrom, highest);
            highest = floor;
        } else {
            highest = Math.max(highest, floor);
        }
    }

    /** Whether at least half of the growth from base to level was still there after the last old collection, above where it once came back from. */
    boolean confirms(long base, long level) {
        return survived != NONE
                && survived - base >= (level - base) / 2
                && survived > Series.ABOVE_KNOWN_PEAK * returnedFrom;
    }

    DetectorCheckpoint.Survived checkpoint() {
        return new DetectorCheckpoint.Survived(
                lastFull, pendingUntil, pendingFloor, pendingFrom, survived, highest, returnedFrom);
    }
}
