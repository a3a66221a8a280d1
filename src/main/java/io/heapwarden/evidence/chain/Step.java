package io.heapwarden.evidence.chain;

import org.jspecify.annotations.Nullable;

/**
 * One link of a chain as people read it: a field that refers to the next object, with the collection folded in when that object is one.
 *
 * @param owner class that has the field; for a link without a field, the class that refers
 * @param field the field; null where a root or another collection refers to the collection directly
 * @param isStatic whether the field is static
 * @param collection what the field refers to, when it is a collection or an array
 * @param repeats whether the same field is passed several times, as in a linked list of one's own
 * @param skipped objects that the JVM left out of the chain right before this link
 */
public record Step(
        String owner,
        @Nullable String field,
        boolean isStatic,
        @Nullable Collection collection,
        boolean repeats,
        int skipped) {

    /**
     * A collection of the JDK, or an array, with everything inside it up to the element.
     *
     * @param type its class
     * @param entries how large it is; null when nothing is known
     */
    public record Collection(String type, @Nullable Entries entries) {}

    Step withCollection(Collection found) {
        return new Step(owner, field, isStatic, found, repeats, skipped);
    }

    Step repeated() {
        return new Step(owner, field, isStatic, collection, true, skipped);
    }

    /** The same without numbers, which differ between two objects that are held in one way. */
    Step shape() {
        Collection plain = collection == null ? null : new Collection(collection.type(), null);
        return new Step(ClassText.withoutAddress(owner), field, isStatic, plain, repeats, 0);
    }
}
