package io.heapwarden.response;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Whether the last restarts helped. A pod that replaced a restarted one and leaks again before that had brought the least relief shows that restarting
 * does not cure it: each time in a row the cooldown doubles, so that the willingness halves.
 */
final class ReliefCheck {

    /** However often: once a day is still tried, as without it the pod ends by itself, and at a worse time. */
    static final Duration LONGEST_COOLDOWN = Duration.ofHours(24);

    private static final int MOST_DOUBLINGS = 16;

    private ReliefCheck() {}

    /** Whether the judged pod replaced a restarted one and leaks already. */
    static boolean again(GateQuestion question) {
        return question.workload()
                .pod(question.proposal().pod().uid())
                .map(WorkloadView.PodView::createdAt)
                .filter(createdAt ->
                        createdAt.plus(question.rules().leastRelief()).isAfter(question.now()))
                .map(createdAt -> question.acts().stream().anyMatch(act -> replaced(act, createdAt)))
                .orElse(false);
    }

    /** How many restarts in a row did not help, the one that is considered because of it among them. */
    static int inRow(GateQuestion question) {
        List<PastAction> acts = question.acts();
        int row = again(question) ? 1 : 0;
        if (row == 0) {
            return 0;
        }
        for (int i = acts.size() - 1; i >= 0 && acts.get(i).again(); i--) {
            row++;
        }
        return row;
    }

    /** The cooldown that holds after so many restarts that did not help. */
    static Duration cooldown(Duration cooldown, int inRow) {
        Duration doubled = cooldown.multipliedBy(1L << Math.min(inRow, MOST_DOUBLINGS));
        Duration most = cooldown.compareTo(LONGEST_COOLDOWN) > 0 ? cooldown : LONGEST_COOLDOWN;
        return doubled.compareTo(most) > 0 ? most : doubled;
    }

    private static boolean replaced(PastAction act, Instant createdAt) {
        // The API server gives creation times in whole seconds.
        return !createdAt.isBefore(act.at().truncatedTo(ChronoUnit.SECONDS));
    }
}
