package io.heapwarden.api;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

@Group("heapwarden.io")
@Version("v1alpha1")
@ShortNames("mempol")
public class MemoryPolicy extends CustomResource<MemoryPolicySpec, MemoryPolicyStatus> implements Namespaced {}
