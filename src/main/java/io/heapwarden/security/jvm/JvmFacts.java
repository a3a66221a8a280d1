package io.heapwarden.security.jvm;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What security.sh saw of a JVM and of what is around it. Holds no value that could be a secret.
 *
 * @param pid process id of the JVM, as the script saw it
 * @param startTicks clock ticks between the machine's boot and the start of the JVM: with the process id, which life this is
 * @param options what the JVM was started with
 * @param rights what the kernel lets it do
 * @param code files of which it has mapped code, and archives that it holds open though they are deleted; in the kernel's order, each once
 * @param processes the other processes; the script's own, and those that started it, are left out
 * @param moreProcesses whether there were more processes than were looked at
 * @param sockets what listens in the pod's network
 * @param notConnected how many TCP sockets of the pod are no established connections: those that listen, and a few that come or go; null when the kernel does
 *     not say
 * @param attachSocket the file by which others attach; null when there is none
 * @param java which Java it is
 */
public record JvmFacts(
        int pid,
        long startTicks,
        JvmOptions options,
        Rights rights,
        List<MappedCode> code,
        List<OtherProcess> processes,
        boolean moreProcesses,
        List<ListeningSocket> sockets,
        @Nullable Integer notConnected,
        @Nullable AttachFile attachSocket,
        Java java) {

    /** Whether these are facts of the same life of the same JVM. */
    public boolean sameLife(JvmFacts other) {
        return pid == other.pid && startTicks == other.startTicks;
    }

    /** The same, with the version that the JVM says of itself where its JDK has no file that says it. */
    public JvmFacts withVersion(@Nullable String version) {
        return java.version() != null || version == null
                ? this
                : new JvmFacts(
                        pid,
                        startTicks,
                        options,
                        rights,
                        code,
                        processes,
                        moreProcesses,
                        sockets,
                        notConnected,
                        attachSocket,
                        new Java(java.home(), version));
    }

    /** Whether a library of this file name is loaded. */
    boolean loaded(String library) {
        return code.stream().anyMatch(mapped -> mapped.fileName().equals(library));
    }

    /**
     * What the kernel lets the JVM do. Null is what it did not say.
     *
     * @param uid effective user id
     * @param capabilities bits of the effective capabilities
     * @param noNewPrivileges whether it can get no more rights by starting a program
     * @param seccomp 0 off, 1 strict, 2 filter
     * @param rootWritable whether its root directory is mounted writable
     */
    public record Rights(
            @Nullable Integer uid,
            @Nullable Long capabilities,
            @Nullable Boolean noNewPrivileges,
            @Nullable Integer seccomp,
            @Nullable Boolean rootWritable) {}

    /**
     * A file behind which code is.
     *
     * @param path its path when it was opened
     * @param deleted whether it is not there any more
     */
    public record MappedCode(String path, boolean deleted) {

        /** The last part of the path. */
        public String fileName() {
            return path.substring(path.lastIndexOf('/') + 1);
        }

        /** Whether it never was in a directory, but in memory only. */
        public boolean inMemory() {
            return path.startsWith("/memfd:");
        }
    }

    /**
     * Another process.
     *
     * @param pid its id
     * @param parent id of its parent; 0 when that is outside of the container
     * @param name what it calls itself
     * @param uid effective user id
     * @param program file that it runs; null when that cannot be read
     * @param younger whether the file was written after the JVM had been started
     * @param foreign whether it has another root directory, as a process of another container
     * @param ofJvm whether the JVM started it, or a process that the JVM started
     */
    public record OtherProcess(
            int pid,
            int parent,
            String name,
            int uid,
            @Nullable MappedCode program,
            boolean younger,
            boolean foreign,
            boolean ofJvm) {}

    /** Whose socket it is. */
    public enum Owner {
        /** The JVM has it open. */
        Jvm,
        /** The JVM does not have it open. */
        Other,
        /** The JVM's open files could not be read, or are too many. */
        Unknown
    }

    /**
     * A TCP socket that accepts connections.
     *
     * @param port its port
     * @param loopback whether only processes of the pod reach it
     * @param uid user that made it
     * @param owner whose it is
     */
    public record ListeningSocket(int port, boolean loopback, int uid, Owner owner) {}

    /**
     * The file /tmp/.java_pidPID.
     *
     * @param mode as ls shows it, such as srw-------
     * @param uid its owner
     */
    public record AttachFile(String mode, int uid) {}

    /**
     * Which Java.
     *
     * @param home its directory; null when not known
     * @param version such as 21.0.13; null when not known
     */
    public record Java(@Nullable String home, @Nullable String version) {}
}
