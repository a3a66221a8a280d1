package io.heapwarden.jvm;

import io.heapwarden.jvm.ThreadDump.Deadlock;
import io.heapwarden.jvm.ThreadDump.Party;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what a thread dump ends with when threads wait for each other for ever. */
final class DeadlockReader {

    /** Parties read of all deadlocks together; a real one has a handful. */
    private static final int MAX_PARTIES = 1 << 14;

    private final List<Deadlock> deadlocks = new ArrayList<>();
    private List<Party> parties = new ArrayList<>();
    private int read;
    private boolean stacks;
    private boolean counted = true;
    private @Nullable String thread;
    private @Nullable String lockClass;
    private @Nullable String heldBy;

    void read(Lines line) {
        if (line.startsWith("Found one Java-level deadlock") || line.startsWith("Found another")) {
            endDeadlock();
            stacks = false;
            counted = false;
        } else if (line.startsWith("Found ")) {
            endDeadlock();
            counted = true;
        } else if (line.startsWith("Java stack information")) {
            endDeadlock();
            stacks = true;
        } else if (!stacks && !counted) {
            party(line);
        }
    }

    private void party(Lines line) {
        int end = line.last("\":");
        if (end > 0 && line.skip("\"")) {
            endParty();
            thread = line.until(end);
            return;
        }
        if (line.skipPast("which is held by \"")) {
            int close = line.last("\"");
            heldBy = close < 0 ? line.rest() : line.until(close);
        } else if (line.skipPast(", a ") || line.skipPast("(a ")) {
            lockClass = line.upTo(')');
        }
    }

    private void endParty() {
        if (thread != null && read < MAX_PARTIES) {
            parties.add(new Party(thread, lockClass, heldBy));
            read++;
        }
        thread = null;
        lockClass = null;
        heldBy = null;
    }

    private void endDeadlock() {
        endParty();
        if (!parties.isEmpty()) {
            deadlocks.add(new Deadlock(parties));
            parties = new ArrayList<>();
        }
    }

    /** Whether what was begun was also ended by the line that counts the deadlocks. */
    boolean isWhole() {
        return counted;
    }

    List<Deadlock> deadlocks() {
        return deadlocks;
    }
}
