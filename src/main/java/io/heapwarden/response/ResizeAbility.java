package io.heapwarden.response;

/** Whether limits of running containers can be raised at all where the operator runs. */
public enum ResizeAbility {
    /** They can. */
    Possible(""),
    /** The installation does not allow it, and the operator has no right to. */
    TurnedOff(
            "This installation raises no memory limit: install the Helm chart with restarts.resize=true, or use the strategy Evict"),
    /** The cluster's API server does not know it. */
    NotSupported(
            "The API server has no pods/resize, which takes Kubernetes 1.33 with the feature InPlacePodVerticalScaling: upgrade, or use the strategy"
                    + " Evict");

    private final String obstacle;

    ResizeAbility(String obstacle) {
        this.obstacle = obstacle;
    }

    /** What stands in the way and what to do about it; empty when nothing. */
    public String obstacle() {
        return obstacle;
    }
}
