package io.heapwarden.api;

import org.jspecify.annotations.Nullable;

public record MemoryPolicyStatus(@Nullable Long observedGeneration) {}
