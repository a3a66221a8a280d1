package io.heapwarden.evidence.chain;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The collections of the JDK and what they are made of, by name. A collection's own nodes and tables are its nested classes; those that borrow
 * another's are listed with it.
 */
final class KnownCollections {

    private static final String UTIL = "java.util.";
    private static final String CONCURRENT = "java.util.concurrent.";
    private static final String ARRAY = "[]";

    /** Views and wrappers, which add nothing to what they wrap. */
    private static final String WRAPPERS = "java.util.Collections$";

    /** Fields through which a node refers to what was put into the collection. */
    private static final Set<String> ELEMENT_FIELDS = Set.of("key", "value", "val", "item", "element", "referent");

    private static final Map<String, List<String>> BORROWED = Map.ofEntries(
            Map.entry(UTIL + "LinkedHashMap", List.of(UTIL + "HashMap")),
            Map.entry(UTIL + "HashSet", List.of(UTIL + "HashMap", UTIL + "LinkedHashMap")),
            Map.entry(UTIL + "LinkedHashSet", List.of(UTIL + "HashMap", UTIL + "LinkedHashMap")),
            Map.entry(UTIL + "TreeSet", List.of(UTIL + "TreeMap")),
            Map.entry(UTIL + "Properties", List.of(CONCURRENT + "ConcurrentHashMap")),
            Map.entry(CONCURRENT + "ConcurrentHashMap$KeySetView", List.of(CONCURRENT + "ConcurrentHashMap")),
            Map.entry(CONCURRENT + "CopyOnWriteArraySet", List.of(CONCURRENT + "CopyOnWriteArrayList")),
            Map.entry(CONCURRENT + "ConcurrentSkipListSet", List.of(CONCURRENT + "ConcurrentSkipListMap")),
            Map.entry(CONCURRENT + "DelayQueue", List.of(UTIL + "PriorityQueue")));

    private static final Map<String, String> NODES = Map.ofEntries(
            Map.entry(UTIL + "HashMap", "$Node"),
            Map.entry(UTIL + "LinkedHashMap", "$Entry"),
            Map.entry(UTIL + "TreeMap", "$Entry"),
            Map.entry(UTIL + "WeakHashMap", "$Entry"),
            Map.entry(UTIL + "Hashtable", "$Entry"),
            Map.entry(UTIL + "LinkedList", "$Node"),
            Map.entry(CONCURRENT + "ConcurrentHashMap", "$Node"),
            Map.entry(CONCURRENT + "ConcurrentSkipListMap", "$Node"),
            Map.entry(CONCURRENT + "LinkedBlockingQueue", "$Node"),
            Map.entry(CONCURRENT + "LinkedBlockingDeque", "$Node"),
            Map.entry(CONCURRENT + "LinkedTransferQueue", "$Node"),
            Map.entry(CONCURRENT + "ConcurrentLinkedQueue", "$Node"),
            Map.entry(CONCURRENT + "ConcurrentLinkedDeque", "$Node"));

    static final String THREAD_LOCALS = "java.lang.ThreadLocal$ThreadLocalMap";

    private static final Set<String> OTHERS = Set.of(
            UTIL + "IdentityHashMap",
            UTIL + "EnumMap",
            UTIL + "ArrayList",
            UTIL + "Vector",
            UTIL + "Stack",
            UTIL + "ArrayDeque",
            UTIL + "PriorityQueue",
            CONCURRENT + "ArrayBlockingQueue",
            CONCURRENT + "PriorityBlockingQueue",
            CONCURRENT + "CopyOnWriteArrayList",
            CONCURRENT + "ScheduledThreadPoolExecutor$DelayedWorkQueue",
            THREAD_LOCALS);

    private KnownCollections() {}

    /** The collection that an object is, or is a part of; null when it is neither. */
    static @Nullable String of(String className) {
        String element = withoutArray(className);
        if (isKnown(element)) {
            return element.equals(className) ? element : null;
        }
        for (int inner = element.lastIndexOf('$'); inner > 0; inner = element.lastIndexOf('$', inner - 1)) {
            String outer = element.substring(0, inner);
            if (isKnown(outer)) {
                return outer;
            }
        }
        return null;
    }

    /** Whether an object inside a collection is a part of it, rather than something that was put into it. */
    static boolean isPart(String collection, String className, boolean first) {
        if (className.equals("java.lang.Object[]")) {
            return first;
        }
        String element = withoutArray(className);
        return element.startsWith(collection + "$")
                || first && className.endsWith(ARRAY)
                || BORROWED.getOrDefault(collection, List.of()).stream()
                        .anyMatch(lender -> element.equals(lender) || element.startsWith(lender + "$"));
    }

    static boolean isElementField(@Nullable String field) {
        return field != null && ELEMENT_FIELDS.contains(field);
    }

    static boolean isWrapper(String className) {
        return className.startsWith(WRAPPERS);
    }

    /** The class of which such a collection has one object for each entry; null when it has none, or shares it with others. */
    static @Nullable String node(String collection) {
        String lender = BORROWED.getOrDefault(collection, List.of()).stream()
                .findFirst()
                .orElse(collection);
        String owner = NODES.containsKey(collection) ? collection : lender;
        String node = NODES.get(owner);
        return node == null ? null : owner + node;
    }

    private static boolean isKnown(String className) {
        return OTHERS.contains(className) || NODES.containsKey(className) || BORROWED.containsKey(className);
    }

    private static String withoutArray(String className) {
        int array = className.indexOf(ARRAY);
        return array < 0 ? className : className.substring(0, array);
    }

    /** Every collection known, sorted; docs/reference-chains.md lists them. */
    static List<String> all() {
        return Stream.of(OTHERS, NODES.keySet(), BORROWED.keySet())
                .flatMap(Collection::stream)
                .distinct()
                .sorted()
                .toList();
    }
}
