package io.heapwarden.trace;

import io.heapwarden.growth.Sample;

/** One line of a trace after the first. */
public sealed interface TraceLine {

    /**
     * A sample.
     *
     * @param number of the line, from 1
     */
    record Taken(long number, Sample sample) implements TraceLine {}

    /**
     * A line that cannot be used; the lines around it can.
     *
     * @param file as it was named to the reader
     * @param number of the line, from 1
     * @param message what is wrong with it
     */
    record Bad(String file, long number, String message) implements TraceLine {
        @Override
        public String toString() {
            return file + ":" + number + ": " + message;
        }
    }
}
