package io.heapwarden.operator;

import io.heapwarden.api.MemoryPolicy;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The policies as the reconciler's watch would know them. */
final class KnownPolicies implements IndexerResourceCache<MemoryPolicy> {

    final List<MemoryPolicy> policies = new ArrayList<>();

    @Override
    public Optional<MemoryPolicy> get(ResourceID id) {
        return policies.stream()
                .filter(policy -> ResourceID.fromResource(policy).equals(id))
                .findFirst();
    }

    @Override
    public Stream<ResourceID> keys() {
        return policies.stream().map(ResourceID::fromResource);
    }

    @Override
    public Stream<MemoryPolicy> list(Predicate<MemoryPolicy> predicate) {
        return policies.stream().filter(predicate);
    }

    @Override
    public Stream<MemoryPolicy> list(String namespace, Predicate<MemoryPolicy> predicate) {
        return list(policy -> policy.getMetadata().getNamespace().equals(namespace) && predicate.test(policy));
    }

    @Override
    public List<MemoryPolicy> byIndex(String index, String key) {
        return List.of();
    }

    @Override
    public void addIndexers(Map<String, Function<MemoryPolicy, List<String>>> indexers) {
        throw new UnsupportedOperationException("no index is used");
    }
}
