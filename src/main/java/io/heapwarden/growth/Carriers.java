package io.heapwarden.growth;

import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells classes of the application from those that merely carry its data: the JDK's, and arrays of primitives. A carrier leads every
 * histogram and says nothing about whose data it is, but some carriers tell which container holds it, and some JDK classes say what kind of thing
 * leaks.
 */
final class Carriers {

    private static final Pattern JDK = Pattern.compile("(java|javax|jdk|sun|com\\.sun)\\..*");
    private static final Pattern PRIMITIVE_ARRAY =
            Pattern.compile("(boolean|byte|char|short|int|long|float|double)(\\[])*");

    /** Filler objects that collectors leave in gaps; they count as live and are nobody's. */
    private static final String FILLER = "jdk.internal.vm.Filler";

    /** JDK classes that hold any kind of data: nothing is learnt from their name. */
    private static final Pattern PURE = Pattern.compile(
            "java\\.lang\\.(String|StringBuilder|StringBuffer|Object|Integer|Long|Short|Byte|Double|Float"
                    + "|Character|Boolean|Number|Comparable|CharSequence|Record|Enum|Iterable)(\\[])*"
                    + "|java\\.util\\.[A-Z]\\w*(\\$\\w+)*(\\[])*"
                    + "|java\\.util\\.concurrent\\.(ConcurrentHashMap|ConcurrentSkipList|ConcurrentLinked|CopyOnWrite|LinkedBlocking|ArrayBlocking|PriorityBlocking"
                    + "|LinkedTransfer|Delay|Synchronous|atomic|locks)[\\w.]*(\\$\\w+)*(\\[])*"
                    + "|java\\.util\\.ImmutableCollections.*|java\\.time\\.\\w+|java\\.math\\.\\w+|java\\.io\\.Serializable\\[]");

    /** Containers of well-known libraries: they hold what leaks, as the JDK's do, but are named where nothing of the application is seen. */
    private static final Pattern LIBRARY_CONTAINER = Pattern.compile(
            "(com\\.google\\.common\\.(collect|cache)|com\\.github\\.benmanes\\.caffeine\\.cache|it\\.unimi\\.dsi\\.fastutil|org\\.eclipse\\.collections"
                    + "|scala\\.collection|kotlin\\.(collections|Pair|Lazy)|io\\.netty\\.util\\.collection|org\\.apache\\.commons\\.collections4?|gnu\\.trove"
                    + "|org\\.jctools|io\\.vavr\\.collection)\\b.*");

    /** A part of something else by its name. */
    private static final Pattern PART = Pattern.compile(".*(Key|Entry|Node|Id|Link)(\\[])*");

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
            Map.entry("java.util.concurrent.LinkedTransferQueue$Node", "java.util.concurrent.LinkedTransferQueue"),
            Map.entry("java.util.concurrent.LinkedTransferQueue$DualNode", "java.util.concurrent.LinkedTransferQueue"),
            Map.entry("java.lang.ThreadLocal$ThreadLocalMap$Entry", "java.lang.ThreadLocal"),
            Map.entry("java.lang.ref.Finalizer", "java.lang.ref.Finalizer"),
            Map.entry("jdk.internal.ref.CleanerImpl$PhantomCleanableRef", "java.lang.ref.Cleaner"),
            Map.entry("java.util.TimerTask[]", "java.util.Timer"),
            Map.entry(
                    "java.util.concurrent.ScheduledThreadPoolExecutor$ScheduledFutureTask",
                    "java.util.concurrent.ScheduledThreadPoolExecutor"),
            Map.entry("com.google.common.cache.LocalCache$StrongEntry", "com.google.common.cache.LocalCache"),
            Map.entry("com.google.common.cache.LocalCache$WeakEntry", "com.google.common.cache.LocalCache"));

    private Carriers() {}

    /** Whether it is a class of the JDK or an array of primitives. */
    static boolean isCarrier(String className) {
        return JDK.matcher(className).matches() || isPrimitiveArray(className);
    }

    /** Whether nothing is learnt from its name: an array of primitives, a string, a box, a collection or a part of one. */
    static boolean isPure(String className) {
        return isPrimitiveArray(className) || PURE.matcher(className).matches();
    }

    static boolean isFiller(String className) {
        return className.startsWith(FILLER);
    }

    static boolean isPrimitiveArray(String className) {
        return PRIMITIVE_ARRAY.matcher(className).matches();
    }

    static boolean isArray(String className) {
        return className.endsWith("[]");
    }

    /** Whether it is a container of a well-known library, or a part of one. */
    static boolean isLibraryContainer(String className) {
        return LIBRARY_CONTAINER.matcher(className).matches();
    }

    /** Whether its name says that it is a part of something else: a key, an entry, a node. */
    static boolean isPart(String className) {
        return PART.matcher(className).matches();
    }

    /** The container whose entries these are, or null. */
    static @Nullable String containerOf(String className) {
        return CONTAINERS.get(className);
    }
}
