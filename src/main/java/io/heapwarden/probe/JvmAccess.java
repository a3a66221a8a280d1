package io.heapwarden.probe;

/** A way to a JVM. It only does what it is told; whether that is safe is decided by {@link SafeProbe}. */
public interface JvmAccess {

    /** Looks at the JVM and reads its counters. Changes nothing. */
    ProbeResult<Inspection> inspect(Target target);

    /** Sends a diagnostic command and hands back the bytes of the answer, with what a client prints before it. */
    ProbeResult<byte[]> send(Target target, Inspection jvm, Diagnostics.Command command);

    /** Free memory, in bytes, that looking needs in the JVM's own container; nothing where what looks runs elsewhere. */
    default long roomToLook() {
        return 0;
    }

    /** How people know this way, such as "exec". */
    String name();
}
