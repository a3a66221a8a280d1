package io.heapwarden.operator;

import io.heapwarden.probe.JvmProbe;

/** How the containers of a policy are asked. */
@FunctionalInterface
public interface ProbeChoice {

    /** The probe that goes the ways a policy allows. */
    JvmProbe under(PolicyPlan plan);
}
