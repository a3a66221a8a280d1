package io.heapwarden.growth;

import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells classes of the application from those that merely carry its data: the JDK's, and arrays of primitives. A carrier leads every
 * histogram and says nothing about whose data it is, but some carriers tell which container holds it.
 */
final class Carriers {

    private static final Pattern JDK = Pattern.compile("(java|javax|jdk|sun|com\\.sun)\\..*");
    private static final Pattern PRIMITIVE_ARRAY =
            Pattern.compile("(boolean|byte|char|short|int|long|float|double)(\\[])*");

    /** Filler objects that collectors leave in gaps; they count as live and are nobody's. */
    private static final String FILLER = "jdk.internal.vm.Filler";

    private static final Map<String, String> CONTAINERS = Map.ofEntries(
            Map.entry("java.util.HashMap$Node", "java.util.HashMap"),
            Map.entry("java.util.LinkedHashMap$Entry", "java.util.LinkedHashMap"),
            Map.entry("java.util.TreeMap$Entry", "java.util.TreeMap"),
            Map.entry("java.util.Hashtable$Entry", "java.util.Hashtable"),
            Map.entry("java.util.WeakHashMap$Entry", "java.util.WeakHashMap"),
            Map.entry("java.util.LinkedList$Node", "java.util.LinkedList"),
            Map.entry("java.util.concurrent.ConcurrentHashMap$Node", "java.util.concurrent.ConcurrentHashMap"),
            Map.entry("java.util.concurrent.ConcurrentSkipListMap$Node", "java.util.concurrent.ConcurrentSkipListMap"),
            Map.entry("java.util.concurrent.ConcurrentLinkedQueue$Node", "java.util.concurrent.ConcurrentLinkedQueue"),
            Map.entry("java.util.concurrent.ConcurrentLinkedDeque$Node", "java.util.concurrent.ConcurrentLinkedDeque"),
            Map.entry("java.util.concurrent.LinkedBlockingQueue$Node", "java.util.concurrent.LinkedBlockingQueue"),
            Map.entry("java.util.concurrent.LinkedBlockingDeque$Node", "java.util.concurrent.LinkedBlockingDeque"),
            Map.entry("java.lang.ThreadLocal$ThreadLocalMap$Entry", "java.lang.ThreadLocal"),
            Map.entry(
                    "java.util.concurrent.ScheduledThreadPoolExecutor$ScheduledFutureTask",
                    "java.util.concurrent.ScheduledThreadPoolExecutor"));

    private Carriers() {}

    static boolean isCarrier(String className) {
        return JDK.matcher(className).matches()
                || PRIMITIVE_ARRAY.matcher(className).matches();
    }

    static boolean isFiller(String className) {
        return className.startsWith(FILLER);
    }

    static boolean isArray(String className) {
        return className.endsWith("[]");
    }

    /** The container whose entries these are, or null. */
    static @Nullable String containerOf(String className) {
        return CONTAINERS.get(className);
    }
}
