package io.heapwarden.operator;

import io.heapwarden.api.MemoryPolicy;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;

@ControllerConfiguration(name = "memorypolicy")
public class MemoryPolicyReconciler implements Reconciler<MemoryPolicy> {
    @Override
    public UpdateControl<MemoryPolicy> reconcile(MemoryPolicy policy, Context<MemoryPolicy> context) {
        return UpdateControl.noUpdate();
    }
}
