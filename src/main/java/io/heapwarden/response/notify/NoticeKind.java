package io.heapwarden.response.notify;

/** What a notice tells. The constants are spelled as they appear in webhook bodies. */
public enum NoticeKind {
    LeakConfirmed(Topic.Leak, Phase.Begins, Severity.Warning, "Memory leak confirmed"),
    Critical(Topic.Leak, Phase.Begins, Severity.Critical, "Memory is about to run out"),
    Recovered(Topic.Leak, Phase.Ends, Severity.Info, "Memory leak is gone"),
    PodGone(Topic.Leak, Phase.Ends, Severity.Info, "Leaking pod is gone"),
    RevisionGrowsMore(Topic.Revision, Phase.Repeats, Severity.Warning, "New revision grows more"),
    BudgetBurning(Topic.Objective, Phase.Begins, Severity.Warning, "Error budget burns"),
    BudgetBurnOver(Topic.Objective, Phase.Ends, Severity.Info, "Error budget does not burn any more"),
    WouldRestart(Topic.Restart, Phase.Repeats, Severity.Info, "Would restart, but only observes"),
    RestartRefused(Topic.Restart, Phase.Repeats, Severity.Warning, "Restart refused"),
    Restarted(Topic.Restart, Phase.Once, Severity.Info, "Pod restarted"),
    RestartFailed(Topic.Restart, Phase.Once, Severity.Warning, "Restart failed"),
    Acted(Topic.Act, Phase.Once, Severity.Info, "Acted on a pod"),
    ActFailed(Topic.Act, Phase.Once, Severity.Warning, "Act on a pod failed"),
    Finding(Topic.Finding, Phase.Begins, Severity.Warning, "Security finding"),
    FindingResolved(Topic.Finding, Phase.Ends, Severity.Info, "Security finding resolved"),
    /** Made by delivery itself: how many were held back by the rate limit. */
    NotSent(Topic.Delivery, Phase.Once, Severity.Warning, "Notices were not sent");

    /** What notices are about. Those on one topic and one subject are one incident. */
    enum Topic {
        Leak("JvmMemoryLeak"),
        Revision("JvmRevisionGrowsMore"),
        Objective("JvmMemoryBudgetBurning"),
        Restart("JvmRestart"),
        Act("JvmAct"),
        Finding("JvmSecurityFinding"),
        Delivery("HeapwardenNoticesNotSent");

        private final String alertName;

        Topic(String alertName) {
            this.alertName = alertName;
        }

        String alertName() {
            return alertName;
        }
    }

    /** What becomes of the incident. */
    enum Phase {
        /** It stands from now on, until something ends it. Told again, it is the same. */
        Begins,
        /** It is over. */
        Ends,
        /** Happened, once; the next time is another. */
        Once,
        /** Is so at each look, but nothing will say that it is not so any more. Told again, it is the same. */
        Repeats
    }

    private final Topic topic;
    private final Phase phase;
    private final Severity severity;
    private final String title;

    NoticeKind(Topic topic, Phase phase, Severity severity, String title) {
        this.topic = topic;
        this.phase = phase;
        this.severity = severity;
        this.title = title;
    }

    /** What it matters, where nothing else is said. */
    public Severity severity() {
        return severity;
    }

    /** A few words for a person. */
    public String title() {
        return title;
    }

    Topic topic() {
        return topic;
    }

    Phase phase() {
        return phase;
    }
}
