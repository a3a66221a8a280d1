package io.heapwarden.operator;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** One policy by name. */
public record PolicyKey(String namespace, String name) {
    @Override
    public String toString() {
        return namespace + "/" + name;
    }

    public static PolicyKey of(HasMetadata policy) {
        return new PolicyKey(
                policy.getMetadata().getNamespace(), policy.getMetadata().getName());
    }
}
