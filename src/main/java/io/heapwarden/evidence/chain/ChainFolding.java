package io.heapwarden.evidence.chain;

import io.heapwarden.evidence.chain.OldObjectSample.Link;
import io.heapwarden.evidence.chain.Step.Collection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns the links of a sample into steps that people read: what a collection is made of becomes one with the field that refers to it. */
final class ChainFolding {

    /** From the root to the sampled object, unlike the sample's. */
    private final List<Link> links;

    private final Map<String, Long> instances;
    private final List<Step> steps = new ArrayList<>();

    private ChainFolding(List<Link> fromRoot, Map<String, Long> instances) {
        this.links = fromRoot;
        this.instances = instances;
    }

    /**
     * @param fromRoot links from the root to the sampled object
     * @param instances objects of each class, from a class histogram; empty when there is none
     */
    static List<Step> fold(List<Link> fromRoot, Map<String, Long> instances) {
        ChainFolding folding = new ChainFolding(fromRoot, instances);
        for (int next = 0; next < fromRoot.size(); ) {
            next = folding.take(next);
        }
        return List.copyOf(folding.steps);
    }

    /** Takes the link at this place and those that are one with it; returns the place of the next. */
    private int take(int at) {
        Link link = links.get(at);
        String collection = KnownCollections.of(link.holder());
        if (collection != null) {
            return takeCollection(at, collection);
        }
        if (KnownCollections.isWrapper(link.holder())) {
            return at + 1;
        }
        if (link.field() == null) {
            Integer length = link.arrayLength();
            attach(link, new Collection(link.holder(), length == null ? null : new Entries.Slots(length)));
            return at + 1;
        }
        takeField(link);
        return at + 1;
    }

    private void takeField(Link link) {
        String staticOwner = link.staticOwner();
        String owner = staticOwner == null ? link.holder() : staticOwner;
        Step last = steps.isEmpty() ? null : steps.getLast();
        if (last != null
                && last.collection() == null
                && last.owner().equals(owner)
                && link.field() != null
                && link.field().equals(last.field())) {
            steps.set(steps.size() - 1, last.repeated());
            return;
        }
        steps.add(new Step(owner, link.field(), link.isStatic(), null, false, link.skipped()));
    }

    private int takeCollection(int start, String collection) {
        Long size = null;
        Integer slots = null;
        int at = start;
        while (at < links.size()) {
            Link link = links.get(at);
            if (at > start && !KnownCollections.isPart(collection, link.holder(), at == start + 1)) {
                break;
            }
            size = size == null ? link.size() : size;
            slots = slots == null ? link.arrayLength() : slots;
            at++;
            if (KnownCollections.isElementField(link.field())) {
                break;
            }
        }
        attach(links.get(start), new Collection(collection, entries(collection, size, slots)));
        return at;
    }

    private @Nullable Entries entries(String collection, @Nullable Long size, @Nullable Integer slots) {
        if (size != null) {
            return new Entries.Counted(size);
        }
        if (slots != null) {
            return new Entries.Slots(slots);
        }
        String node = KnownCollections.node(collection);
        Long count = node == null ? null : instances.get(node);
        return node == null || count == null ? null : new Entries.InHeap(node, count);
    }

    /** A collection belongs to the field that refers to it; one that a root or another collection refers to stands by itself. */
    private void attach(Link link, Collection collection) {
        Step last = steps.isEmpty() ? null : steps.getLast();
        if (last != null && last.field() != null && last.collection() == null) {
            steps.set(steps.size() - 1, last.withCollection(collection));
        } else {
            steps.add(new Step(collection.type(), null, false, collection, false, link.skipped()));
        }
    }
}
