package io.heapwarden.evidence.chain;

/** Where a chain hangs. The constants are spelled as they appear in reports. */
public enum RootKind {
    /** A static field: it lasts as long as its class. */
    StaticField,
    /** A thread-local of a thread that is alive. */
    ThreadLocal,
    /** A local variable of a method that is running, or the running thread itself. */
    ThreadStack,
    /** A class loader, or a class of it, that nothing else in the chain explains. */
    ClassLoader,
    /** A global reference of native code. */
    JniGlobal,
    /** Anything else inside the JVM. */
    Other
}
