package io.heapwarden.evidence.chain;

import io.heapwarden.evidence.chain.Step.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What kind of structure keeps the objects, by names: of types first, which do not lie, then of fields and of the classes that have them. The
 * collection with most entries is looked at first, since it is what grew, then the rest of the chain towards the root. docs/reference-chains.md
 * has the table.
 */
final class HolderRules {

    private static final Pattern QUEUE_TYPE = Pattern.compile(
            "java\\.util\\.(concurrent\\.)?\\w*(Queue|Deque)|java\\.util\\.concurrent\\.\\S+\\$\\w*Queue|\\S*(?:Queue|Mailbox)");
    private static final Pattern QUEUE_NAME =
            Pattern.compile("(?i).*(queue|backlog|pending|inbox|outbox|mailbox|tasks).*");
    private static final Pattern LISTENER_NAME =
            Pattern.compile("(?i).*(listener|observer|subscri|callback|watcher|hooks|handlers).*");
    private static final Set<String> LISTENER_TYPES = Set.of(
            "java.beans.PropertyChangeSupport",
            "java.util.concurrent.SubmissionPublisher",
            "javax.swing.event.EventListenerList");
    private static final Pattern CACHE_TYPE = Pattern.compile(
            "(com\\.github\\.benmanes\\.caffeine|com\\.google\\.common\\.cache|org\\.ehcache|net\\.sf\\.ehcache|org\\.infinispan|com\\.hazelcast|org\\.cache2k)\\..*");
    private static final Pattern CACHE_NAME =
            Pattern.compile("(?i).*(cache|memo(?!ry)|intern(?!al)).*|(?i).*(pool|registry|lookup)");
    private static final String JDK_LOADERS = "jdk.internal.loader.";

    private HolderRules() {}

    /** Whether this is the name of a class loader that an application made; the three of the JDK stay anyway. */
    static boolean isLoader(String className) {
        return !className.startsWith(JDK_LOADERS)
                && !className.endsWith("[]")
                && (className.endsWith("ClassLoader")
                        || className.endsWith("Loader") && !className.startsWith("java.util.")
                        || className.contains("ClassLoader$"));
    }

    /**
     * @param steps from the root to the objects, not empty unless a root refers to them directly
     * @param className class of the objects
     */
    static Classified<HolderKind> of(List<Step> steps, String className) {
        if (isLoader(className) && !steps.isEmpty() && steps.getLast().collection() != null) {
            return new Classified<>(HolderKind.ClassLoader, "loaders are kept in a collection: " + className);
        }
        int loader = keptLoader(steps);
        if (loader >= 0) {
            return new Classified<>(
                    HolderKind.ClassLoader,
                    "the loader " + ClassText.withoutAddress(steps.get(loader).owner()) + " is kept in a collection");
        }
        int grown = largest(steps);
        for (int i = grown; i >= 0; i--) {
            Classified<HolderKind> found = byType(steps.get(i));
            found = found == null ? byName(steps.get(i)) : found;
            if (found != null) {
                return found;
            }
        }
        Collection collection = grown < 0 ? null : steps.get(grown).collection();
        return collection == null
                ? new Classified<>(HolderKind.Fields, "no collection is in the chain")
                : new Classified<>(HolderKind.Collection, "they are in a " + ClassText.simple(collection.type()));
    }

    /** The field of the application's to look at: the one that refers to what grew, or the nearest before it; null when there is none. */
    static @Nullable Step place(Chain chain) {
        List<Step> steps = chain.steps();
        int from =
                switch (chain.holder().kind()) {
                    case ThreadLocal -> -1;
                    case ClassLoader -> keptLoader(steps) < 0 ? largest(steps) : keptLoader(steps) - 1;
                    default -> largest(steps);
                };
        for (int i = from; i >= 0; i--) {
            Step step = steps.get(i);
            if (step.field() != null && !ClassText.ofTheJdk(step.owner())) {
                return step;
            }
        }
        return null;
    }

    /** Place of a loader that is in a collection; -1 when none is. */
    private static int keptLoader(List<Step> steps) {
        for (int i = 1; i < steps.size(); i++) {
            if (isLoader(steps.get(i).owner()) && steps.get(i - 1).collection() != null) {
                return i;
            }
        }
        return -1;
    }

    /** Place of the collection with most entries or slots, the outermost of equals; without one, the last step; -1 of no steps. */
    private static int largest(List<Step> steps) {
        int found = steps.size() - 1;
        long most = -1;
        for (int i = 0; i < steps.size(); i++) {
            Collection collection = steps.get(i).collection();
            if (collection != null && numberIn(collection) > most) {
                most = numberIn(collection);
                found = i;
            }
        }
        return found;
    }

    private static long numberIn(Collection collection) {
        Entries entries = collection.entries();
        return entries == null ? 0 : entries.number();
    }

    private static @Nullable Classified<HolderKind> byType(Step step) {
        for (String type : step.collection() == null
                ? List.of(step.owner())
                : List.of(step.collection().type(), step.owner())) {
            if (type.equals(KnownCollections.THREAD_LOCALS)) {
                return new Classified<>(HolderKind.ThreadLocal, "it is a thread's map of thread-locals");
            }
            if (isLoader(type)) {
                return new Classified<>(HolderKind.ClassLoader, type + " is a class loader");
            }
            if (LISTENER_TYPES.contains(type)) {
                return new Classified<>(HolderKind.Listener, type + " keeps listeners");
            }
            if (CACHE_TYPE.matcher(type).matches()) {
                return new Classified<>(HolderKind.Cache, type + " is part of a cache library");
            }
            if (QUEUE_TYPE.matcher(type).matches()) {
                return new Classified<>(HolderKind.Queue, type + " is a queue");
            }
        }
        return null;
    }

    private static @Nullable Classified<HolderKind> byName(Step step) {
        String field = step.field();
        if (field == null || ClassText.ofTheJdk(step.owner())) {
            return null;
        }
        Classified<HolderKind> found = named(field, "the field is called " + field);
        String owner = ClassText.simple(step.owner());
        return found == null ? named(owner, "the class is called " + owner) : found;
    }

    private static @Nullable Classified<HolderKind> named(String name, String because) {
        if (LISTENER_NAME.matcher(name).matches()) {
            return new Classified<>(HolderKind.Listener, because);
        }
        if (CACHE_NAME.matcher(name).matches()) {
            return new Classified<>(HolderKind.Cache, because);
        }
        return QUEUE_NAME.matcher(name).matches() ? new Classified<>(HolderKind.Queue, because) : null;
    }
}
