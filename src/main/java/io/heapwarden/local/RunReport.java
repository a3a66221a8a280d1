package io.heapwarden.local;

import io.heapwarden.local.policy.PolicyFile;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of watching or checking.
 *
 * @param command which of the two, as it is named on the command line
 * @param policy the policy that was applied
 * @param startedAt when it began
 * @param took how long it lasted
 * @param jvms how each JVM stands
 * @param trouble why the run itself does not count, with the remedy where there is one; null when it does
 */
public record RunReport(
        String command,
        PolicyFile policy,
        Instant startedAt,
        Duration took,
        List<JvmStanding> jvms,
        @Nullable String trouble) {

    private static final int SECONDS_A_MINUTE = 60;

    /** The shortest interval that a policy can ask for. */
    private static final Duration LEAST_INTERVAL = Duration.ofSeconds(1);

    public RunReport {
        jvms = List.copyOf(jvms);
    }

    /** What it ends with. A broken objective counts however the run ended: a leak that was told stays one when the program dies of it. */
    public Outcome outcome() {
        if (jvms.stream().anyMatch(JvmStanding::broken)) {
            return Outcome.Broken;
        }
        return notJudged() == null ? Outcome.Fine : Outcome.NotJudged;
    }

    /** Why nothing can be said; null when something can. */
    public @Nullable String notJudged() {
        if (trouble != null) {
            return trouble;
        }
        if (jvms.isEmpty()) {
            return "no HotSpot JVM was seen";
        }
        if (jvms.stream().anyMatch(jvm -> jvm.notJudged() == null)) {
            return jvms.stream()
                    .filter(jvm -> jvm.undecided() != null)
                    .findFirst()
                    .map(jvm -> jvm.jvm() + ": " + jvm.undecided() + ". Run it longer, or sample it more often")
                    .orElse(null);
        }
        Duration interval = policy.plan().interval();
        JvmStanding longest = jvms.stream()
                .max((one, other) ->
                        Long.compare(one.report().samples(), other.report().samples()))
                .orElseThrow();
        String why = longest.jvm() + ": " + longest.notJudged();
        return longest.report().leftAlone() == null && longest.report().samples() < JvmStanding.SAMPLES_TO_JUDGE
                ? why + ". Run it for " + seconds(leastTime(interval)) + " or longer"
                        + (interval.compareTo(LEAST_INTERVAL) > 0
                                ? ", or shorten spec.sampling.interval, now " + seconds(interval)
                                : "")
                : why;
    }

    /** The objectives that are broken, over all JVMs. */
    public long brokenObjectives() {
        return jvms.stream()
                .flatMap(jvm -> jvm.objectives().stream())
                .filter(objective -> objective.result() == ObjectiveStanding.Result.Broken)
                .count();
    }

    /** The least time that a judgement takes at an interval. */
    static Duration leastTime(Duration interval) {
        return interval.multipliedBy(JvmStanding.SAMPLES_TO_JUDGE + 5L);
    }

    /** A short time to the second, such as 1m12s. */
    static String seconds(Duration duration) {
        long seconds = Math.round(duration.toMillis() / 1000.0);
        return seconds < SECONDS_A_MINUTE
                ? seconds + "s"
                : seconds / SECONDS_A_MINUTE
                        + "m"
                        + (seconds % SECONDS_A_MINUTE == 0 ? "" : seconds % SECONDS_A_MINUTE + "s");
    }
}
