package io.heapwarden.evidence.chain;

import io.heapwarden.evidence.chain.Step.Collection;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Chains as people read them. */
final class ChainWords {

    private static final String ARROW = " → ";

    /** Of a longer chain the middle is left out: who reads it wants to know where it hangs and what is in it. */
    private static final int MAX_STEPS = 12;

    private ChainWords() {}

    static String line(Chain chain) {
        List<String> words = new ArrayList<>();
        if (chain.root().kind() != RootKind.StaticField) {
            words.add(root(chain));
        }
        Step before = null;
        for (Step step : chain.steps()) {
            if (isThreadLocals(step)) {
                before = step;
                continue;
            }
            if (step.skipped() > 0) {
                words.add("… %,d objects …".formatted(step.skipped()));
            }
            words.add(step(step, before));
            before = step;
        }
        if (before == null || before.collection() != null || before.repeats() || isGenerated(before)) {
            words.add(ClassText.simple(chain.className()));
        }
        if (words.size() > MAX_STEPS) {
            int half = MAX_STEPS / 2;
            List<String> ends = new ArrayList<>(words.subList(0, half));
            ends.add("… %d links …".formatted(words.size() - 2 * half));
            ends.addAll(words.subList(words.size() - half, words.size()));
            words = ends;
        }
        return String.join(ARROW, words);
    }

    static String sentence(Chain chain) {
        StringBuilder words = new StringBuilder(subject(chain))
                .append(" is held by ")
                .append(holder(chain))
                .append(". ");
        Step look = HolderRules.place(chain);
        String advice = chain.holder().kind().advice();
        if (look == null || look.field() == null) {
            words.append(Character.toUpperCase(advice.charAt(0))).append(advice.substring(1));
        } else {
            words.append("Look at ")
                    .append(look.owner())
                    .append('.')
                    .append(look.field())
                    .append(collection(look.collection()))
                    .append(": ")
                    .append(advice);
        }
        words.append('.');
        if (chain.allocationFrame() != null) {
            words.append(" Allocated in ").append(chain.allocationFrame()).append('.');
        }
        return words.toString();
    }

    /** What a lambda captured has a field without a name of anybody's. */
    private static boolean isGenerated(Step step) {
        return step.owner().contains("$$");
    }

    private static boolean isThreadLocals(Step step) {
        return step.collection() != null && step.collection().type().equals(KnownCollections.THREAD_LOCALS);
    }

    /** The objects, with the field that refers to them where it says more than their class. */
    private static String subject(Chain chain) {
        Step last = chain.steps().isEmpty() ? null : chain.steps().getLast();
        return last == null || last.collection() != null || last.field() == null || last.isStatic()
                ? chain.className()
                : "%s in %s.%s".formatted(chain.className(), ClassText.withoutAddress(last.owner()), last.field());
    }

    private static String holder(Chain chain) {
        if (chain.root().kind() == RootKind.StaticField && !chain.steps().isEmpty()) {
            Step first = chain.steps().getFirst();
            return "the static field " + first.owner() + '.' + first.field();
        }
        return root(chain);
    }

    private static String root(Chain chain) {
        String of = chain.threadName() == null ? "a thread" : "the thread \"" + chain.threadName() + '"';
        return switch (chain.root().kind()) {
            case StaticField -> "a static field";
            case ThreadLocal -> "a thread-local of " + of;
            case ThreadStack -> "the stack of " + of;
            case ClassLoader -> "a class loader";
            case JniGlobal -> "native code";
            case Other -> "the JVM itself";
        };
    }

    /** The owner of a field is left out where the field before refers to it; after a collection one cannot know. */
    private static String step(Step step, @Nullable Step before) {
        String collection = collection(step.collection());
        if (step.field() == null) {
            Entries entries =
                    step.collection() == null ? null : step.collection().entries();
            return ClassText.simple(step.owner()) + (entries == null ? "" : " (" + entries.text() + ")");
        }
        String name = step.isStatic()
                ? "static " + ClassText.simple(step.owner()) + '.' + step.field()
                : before != null && before.collection() == null && step.skipped() == 0
                        ? step.field()
                        : ClassText.simple(step.owner()) + '.' + step.field();
        return name + (step.repeats() ? " (again and again)" : "") + collection;
    }

    private static String collection(@Nullable Collection collection) {
        if (collection == null) {
            return "";
        }
        Entries entries = collection.entries();
        return " (" + ClassText.simple(collection.type()) + (entries == null ? "" : ", " + entries.text()) + ")";
    }
}
