package io.heapwarden.workload;

import java.time.Duration;

/**
 * The ages at which lives are compared: a minute, and from there always twice as much, up to 22 days. Doubling makes a life of a day and one of
 * a month comparable with 11 to 16 numbers.
 */
final class Ages {

    static final int COUNT = 16;

    private static final Duration FIRST = Duration.ofMinutes(1);

    private Ages() {}

    static Duration of(int number) {
        return FIRST.multipliedBy(1L << number);
    }

    /** Number of the last age that was reached; -1 before the first. */
    static int reached(Duration age) {
        int number = -1;
        while (number + 1 < COUNT && age.compareTo(of(number + 1)) >= 0) {
            number++;
        }
        return number;
    }
}
