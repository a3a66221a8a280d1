package io.heapwarden.growth;

/**
 * A class that rises.
 *
 * @param instances instances gained a millisecond
 * @param bytes bytes gained a millisecond, its own only
 */
record Rising(ClassTrack track, double instances, double bytes) {

    /** An array of a class is named only when the class itself is far smaller, … */
    private static final double WEIGHT_OF_ARRAYS = 0.3;

    /** … a part of something when the whole is far smaller, … */
    private static final double WEIGHT_OF_PARTS = 0.6;

    /** … and a library's container when what it holds is far smaller. */
    private static final double WEIGHT_OF_LIBRARY_CONTAINERS = 0.2;

    static Rising of(ClassTrack track, ClassGrowth growth) {
        long[] times = growth.times();
        return new Rising(track, track.instanceSlope(times), track.byteSlope(times));
    }

    String name() {
        return track.name();
    }

    /** Bytes, less where the name tells that it is not what people look for. */
    double weight() {
        double weight = Carriers.isArray(name()) ? WEIGHT_OF_ARRAYS * bytes : bytes;
        if (Carriers.isLibraryContainer(name())) {
            return WEIGHT_OF_LIBRARY_CONTAINERS * weight;
        }
        return Carriers.isPart(name()) ? WEIGHT_OF_PARTS * weight : weight;
    }

    /** How many of these rise with each of the other. */
    double per(Rising other) {
        return other.instances <= 0 ? Double.MAX_VALUE : instances / other.instances;
    }

    boolean perWithin(Rising other, double least, double most) {
        double ratio = per(other);
        return ratio >= least && ratio <= most;
    }
}
