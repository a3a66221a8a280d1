package io.heapwarden.security.podstandards;

/** The levels of Kubernetes' Pod Security Standards that restrict anything. */
public enum PodStandard {
    Baseline,
    Restricted
}
