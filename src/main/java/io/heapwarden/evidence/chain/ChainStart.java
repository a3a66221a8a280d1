package io.heapwarden.evidence.chain;

import io.heapwarden.evidence.chain.OldObjectSample.Link;
import io.heapwarden.evidence.chain.OldObjectSample.Root;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a chain begins for those who read it, and what it hangs on. The JVM's chain may be longer: it prefers the shortest way from any root,
 * and a stack of a thread may refer to a class whose static field is what really holds on.
 *
 * @param from the first link that matters, counted from the root
 * @param hangsOn the kind of root
 * @param threadName the thread, of a thread-local and of what is on a stack, with every number in it written as N; null otherwise
 */
record ChainStart(int from, Classified<RootKind> hangsOn, @Nullable String threadName) {

    private static final String THREADS = "Threads";
    private static final String THREAD_NAME = "Thread Name: ";

    /**
     * @param links from the root to the sampled object
     * @param root what the JVM says the chain ends in
     */
    static ChainStart of(List<Link> links, Root root) {
        for (int i = links.size() - 1; i >= 0; i--) {
            Link link = links.get(i);
            String owner = link.staticOwner();
            if (owner != null && !isOfHeldLoader(links, i)) {
                return new ChainStart(
                        i,
                        new Classified<>(
                                RootKind.StaticField,
                                "the static field %s.%s refers to it".formatted(owner, link.field())),
                        null);
            }
            if (link.holder().equals(KnownCollections.THREAD_LOCALS)) {
                return threadLocal(links, i, root);
            }
        }
        return new ChainStart(0, byRoot(links, root), threadName(root.threadName()));
    }

    /**
     * Whether a class is alive because a collection has its loader in it: that is what holds on, and not the class's own field. A loader that a
     * thread or another loader merely uses is no such thing.
     */
    private static boolean isOfHeldLoader(List<Link> links, int classAt) {
        for (int i = classAt - 1; i > 0 && links.get(i).staticOwner() == null; i--) {
            if (HolderRules.isLoader(links.get(i).holder())) {
                Link before = links.get(i - 1);
                return before.field() == null || KnownCollections.of(before.holder()) != null;
            }
        }
        return false;
    }

    private static ChainStart threadLocal(List<Link> links, int map, Root root) {
        int from = map;
        String name = root.threadName();
        if (map > 0 && "threadLocals".equals(links.get(map - 1).field())
                || map > 0
                        && "inheritableThreadLocals".equals(links.get(map - 1).field())) {
            from = map - 1;
            String description = links.get(from).description();
            name = description != null && description.startsWith(THREAD_NAME)
                    ? description.substring(THREAD_NAME.length())
                    : name;
        }
        return new ChainStart(
                from,
                new Classified<>(RootKind.ThreadLocal, "it is in a thread's map of thread-locals"),
                threadName(name));
    }

    private static Classified<RootKind> byRoot(List<Link> links, Root root) {
        String where = root.system() + ", " + root.type();
        if (root.system().equals(THREADS)) {
            return new Classified<>(RootKind.ThreadStack, "a thread refers to it: " + where);
        }
        if (root.system().contains("JNI") || root.type().equals("Global JNI Handle")) {
            return new Classified<>(RootKind.JniGlobal, "native code refers to it: " + where);
        }
        boolean loader =
                root.system().equals("Class Loader Data") || root.system().equals("System Dictionary");
        if (loader || links.stream().anyMatch(link -> HolderRules.isLoader(link.holder()))) {
            return new Classified<>(RootKind.ClassLoader, "a class loader keeps it: " + where);
        }
        return new Classified<>(RootKind.Other, "the JVM itself refers to it: " + where);
    }

    private static @Nullable String threadName(@Nullable String name) {
        return name == null ? null : name.strip().replaceAll("[0-9]+", "N");
    }
}
