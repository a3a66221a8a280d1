package io.heapwarden.jvm;

import io.heapwarden.jvm.ThreadLocks.Wanted;
import org.jspecify.annotations.Nullable;

/** Reads one thread dump in one pass. */
final class ThreadDumpParser {

    /** Lines of one thread's name that are put up with; an application can put line breaks into names. */
    private static final int MAX_NAME_LINES = 4;

    private final Lines line;
    private final ThreadGroups groups = new ThreadGroups();
    private final ThreadLocks locks = new ThreadLocks();
    private final DeadlockReader deadlocks = new DeadlockReader();
    private int threads;
    private int jvmThreads;
    private int mounted;

    /** The thread that is being read. */
    private @Nullable String name;

    private boolean java;
    private @Nullable ThreadState state;
    private @Nullable String topFrame;
    private @Nullable String applicationFrame;
    private @Nullable Wanted wanted;
    private @Nullable Wanted waitingOn;
    private boolean ownedSynchronizers;

    /** The beginning of a name that goes on in the next line. */
    private @Nullable StringBuilder begunName;

    private int nameLines;

    ThreadDumpParser(byte[] text) throws MalformedOutputException {
        this.line = new Lines("thread dump", text, ThreadDump.MAX_BYTES);
    }

    ThreadDump parse() throws MalformedOutputException {
        boolean begun = false;
        while (!begun && line.next()) {
            begun = line.startsWith("Full thread dump ");
        }
        if (!begun) {
            throw line.noSuchThing();
        }
        boolean ended = false;
        while (!ended && line.next()) {
            ended = line.startsWith("JNI global ref");
            if (!ended) {
                read();
            }
        }
        endThread();
        if (!ended || !line.isWhole()) {
            throw line.refused("is cut: it ends in the list of threads, after " + (threads + jvmThreads));
        }
        if (threads == 0) {
            throw line.refused("has no thread");
        }
        while (line.next()) {
            deadlocks.read(line);
        }
        if (!deadlocks.isWhole()) {
            throw line.refused("is cut: it ends in a deadlock");
        }
        return new ThreadDump(
                threads, jvmThreads, mounted, groups.largestFirst(), locks.mostWantedFirst(), deadlocks.deadlocks());
    }

    private void read() {
        if (begunName != null) {
            continueName(begunName);
        } else if (line.startsWith("\"")) {
            beginThread();
        } else if (name != null) {
            if (line.skip("\tat ")) {
                frame();
            } else if (line.skip("\t- ")) {
                lock(name);
            } else if (line.skip("   java.lang.Thread.State: ")) {
                state = ThreadState.named(line.rest());
            } else if (line.startsWith("   Carrying virtual thread")) {
                state = ThreadState.CarryingVirtualThread;
                mounted++;
            } else if (line.startsWith("   Mounted virtual thread")) {
                // Its frames follow; the carrier's own, which are all of the JDK, say nothing of what runs.
                topFrame = null;
            } else if (line.startsWith("   Locked ownable synchronizers")) {
                ownedSynchronizers = true;
            }
        }
    }

    private void beginThread() {
        endThread();
        line.skip("\"");
        int end = endOfName();
        if (end < 0) {
            begunName = new StringBuilder(line.rest());
            nameLines = 1;
        } else {
            beginThread(line.until(end));
        }
    }

    private void continueName(StringBuilder begun) {
        int end = endOfName();
        if (end >= 0) {
            begun.append(' ').append(line.until(end));
            begunName = null;
            beginThread(begun.toString());
        } else if (++nameLines > MAX_NAME_LINES) {
            begunName = null;
        } else {
            begun.append(' ').append(line.rest());
        }
    }

    /** Where the header's name ends; behind it the JVM writes no quotation mark any more. -1 when this is no header's end. */
    private int endOfName() {
        return line.last(" tid=0x") < 0 ? -1 : line.last("\" ");
    }

    private void beginThread(String threadName) {
        name = threadName.length() <= Lines.MAX_TEXT ? threadName : threadName.substring(0, Lines.MAX_TEXT);
        line.skip("\" ");
        java = line.skip("#");
    }

    private void frame() {
        boolean first = topFrame == null;
        if (!first && applicationFrame != null) {
            return;
        }
        boolean application = applicationFrame == null && !StackFrames.isOfTheJdk(line);
        if (first || application) {
            String readable = StackFrames.readable(line.rest());
            topFrame = first ? readable : topFrame;
            applicationFrame = application ? readable : applicationFrame;
        }
    }

    private void lock(String thread) {
        if (ownedSynchronizers) {
            long address = lockAddress();
            if (address != 0) {
                locks.held(address, thread);
            }
        } else if (line.skip("locked ")) {
            long address = lockAddress();
            // Who waits in Object.wait() has given the lock back, though the frame is still inside of the block.
            boolean givenBack = waitingOn != null && waitingOn.address() == address
                    || wanted != null && wanted.address() == address;
            if (address != 0 && !givenBack) {
                locks.held(address, thread);
            }
        } else if (line.skip("waiting to lock ")) {
            wanted = wanted(true);
        } else if (line.skip("waiting on ") || line.skip("waiting to re-lock in wait() ")) {
            waitingOn = wanted(true);
        } else if (line.skip("parking to wait for ")) {
            Wanted parked = wanted(false);
            if (parked != null && isLock(parked.className())) {
                wanted = parked;
            }
        }
    }

    /** What threads park for are locks, queues, latches, conditions; only a lock has a holder. */
    private static boolean isLock(String className) {
        return className.contains("Lock$") || className.endsWith("Lock");
    }

    private @Nullable Wanted wanted(boolean monitor) {
        long address = lockAddress();
        if (address == 0 || !line.skipPast("(a ")) {
            return null;
        }
        // A class object is written as "java.lang.Class for com.shop.Order".
        int close = line.last(")");
        return new Wanted(address, close < 0 ? line.rest() : line.until(close), monitor);
    }

    private long lockAddress() {
        line.skipSpaces();
        return line.skip("<") ? line.address() : 0;
    }

    private void endThread() {
        if (name != null) {
            ThreadState found = state == null || !java ? ThreadState.OfTheJvm : state;
            if (found == ThreadState.OfTheJvm) {
                jvmThreads++;
            } else {
                threads++;
            }
            String group = groups.add(name, found, topFrame, applicationFrame);
            if (wanted == null && found == ThreadState.Blocked) {
                // It was notified in Object.wait() and wants the lock back. "Waiting to re-lock" is said of all that
                // wait.
                wanted = waitingOn;
            }
            if (wanted != null) {
                locks.wanted(wanted, group);
            }
        }
        name = null;
        state = null;
        topFrame = null;
        applicationFrame = null;
        wanted = null;
        waitingOn = null;
        ownedSynchronizers = false;
    }
}
