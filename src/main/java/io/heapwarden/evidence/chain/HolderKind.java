package io.heapwarden.evidence.chain;

/** What kind of structure keeps the objects, wherever it hangs. The constants are spelled as they appear in reports. */
public enum HolderKind {
    /** A thread's map of thread-locals. */
    ThreadLocal("call remove() on it before the thread goes on to other work"),
    /** A class loader that should have gone, with its classes and their static fields. */
    ClassLoader("find what still refers to a loader that was meant to be dropped"),
    /** A queue whose producers outrun its consumers, or that nobody reads. */
    Queue("see whether its consumers keep up, and bound it"),
    /** Registered listeners, observers, subscribers or callbacks. */
    Listener("look for the removal that is missing for each registration"),
    /** A cache without a bound or an expiry. */
    Cache("give it a bound or an expiry"),
    /** Another collection or array. */
    Collection("look for what is put into it and never taken out"),
    /** Fields only: the objects refer to each other. */
    Fields("look for what keeps adding to that object");

    private final String advice;

    HolderKind(String advice) {
        this.advice = advice;
    }

    /** What to do, as the second half of a sentence. */
    public String advice() {
        return advice;
    }
}
