package io.heapwarden.response;

/** A way to restart. The constants are spelled as in a policy. */
public enum RestartWay {
    /** The one pod, by the Eviction API. */
    Evict("Evicting", "evict"),
    /** All pods of the workload, by its own update strategy. */
    RolloutRestart("Rolling out anew", "roll out anew");

    private final String doing;
    private final String would;

    RestartWay(String doing, String would) {
        this.doing = doing;
        this.would = would;
    }

    String doing() {
        return doing;
    }

    String would() {
        return would;
    }
}
