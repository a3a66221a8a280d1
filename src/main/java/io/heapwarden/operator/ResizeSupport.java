package io.heapwarden.operator;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.heapwarden.response.ResizeAbility;
import io.heapwarden.response.ResizeDiscovery;
import org.jboss.logging.Logger;

/** Whether memory limits can be raised here: what the installation allows, then what the cluster can. */
public final class ResizeSupport {

    private static final Logger LOG = Logger.getLogger(ResizeSupport.class);

    private final boolean allowed;
    private final ResizeDiscovery discovery;

    /**
     * @param allowed whether the operator has the right to
     */
    ResizeSupport(boolean allowed, ResizeDiscovery discovery) {
        this.allowed = allowed;
        this.discovery = discovery;
    }

    /**
     * As it is.
     *
     * @throws KubernetesClientException when the API server does not say
     */
    ResizeAbility ability() {
        if (!allowed) {
            return ResizeAbility.TurnedOff;
        }
        return discovery.supported() ? ResizeAbility.Possible : ResizeAbility.NotSupported;
    }

    /** What keeps a policy from raising limits that wants to, in words with the remedy; empty when nothing is known to. */
    String obstacleTo(PolicyPlan plan) {
        try {
            return plan.resizeCeiling() == null ? "" : ability().obstacle();
        } catch (KubernetesClientException unknown) {
            LOG.debugf("Not known whether pods can be resized: %s", unknown.getMessage());
            return "";
        }
    }
}
