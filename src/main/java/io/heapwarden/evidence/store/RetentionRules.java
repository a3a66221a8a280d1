package io.heapwarden.evidence.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How much is kept.
 *
 * @param maxAge older collections go
 * @param maxTotalBytes of all files together; the oldest collections go until it fits
 * @param maxPerWorkload collections of one workload; the oldest go
 */
public record RetentionRules(Duration maxAge, long maxTotalBytes, int maxPerWorkload) {

    /** A month, 20 GiB, 10 for each workload. */
    public static final RetentionRules DEFAULTS = new RetentionRules(Duration.ofDays(30), 20L << 30, 10);

    /** What is wrong with the rules, in sentences; empty when nothing is. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (maxAge.isNegative() || maxAge.isZero()) {
            problems.add("retention.maxAge is " + maxAge
                    + ": give a time such as 720h, or evidence is deleted as it is written");
        }
        if (maxTotalBytes < 1) {
            problems.add("retention.maxTotalBytes is " + maxTotalBytes + ": give a size such as 20Gi");
        }
        if (maxPerWorkload < 1) {
            problems.add("retention.maxPerWorkload is " + maxPerWorkload + ": give at least 1");
        }
        return problems;
    }
}
