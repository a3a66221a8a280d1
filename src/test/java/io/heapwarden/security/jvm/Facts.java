package io.heapwarden.security.jvm;

import io.heapwarden.security.Observation;
import io.heapwarden.security.Severity;
import io.heapwarden.security.jvm.JvmFacts.AttachFile;
import io.heapwarden.security.jvm.JvmFacts.Java;
import io.heapwarden.security.jvm.JvmFacts.ListeningSocket;
import io.heapwarden.security.jvm.JvmFacts.MappedCode;
import io.heapwarden.security.jvm.JvmFacts.OtherProcess;
import io.heapwarden.security.jvm.JvmFacts.Rights;
import io.heapwarden.security.jvm.JvmOptions.Option;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Facts of a JVM of which nothing bad can be said, until something is changed. */
final class Facts {

    static final String HOME = "/opt/java";
    static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

    private final List<Option> options = new ArrayList<>();
    private final List<MappedCode> code =
            new ArrayList<>(List.of(new MappedCode(HOME + "/lib/server/libjvm.so", false)));
    private final List<OtherProcess> processes = new ArrayList<>();
    private final List<ListeningSocket> sockets = new ArrayList<>();
    private Rights rights = new Rights(1000, 0L, true, 2, false);
    private AttachFile attach;
    private String version = "21.0.13";
    private long ticks = 7;
    private boolean whole = true;

    static Facts good() {
        return new Facts();
    }

    Facts options(String... texts) {
        for (String text : texts) {
            options.add(new Option("command", text));
        }
        return this;
    }

    Facts variable(String name, String text) {
        options.add(new Option(name, text));
        return this;
    }

    Facts unseenOptions() {
        whole = false;
        return this;
    }

    Facts code(String path) {
        code.add(new MappedCode(path, false));
        return this;
    }

    Facts deletedCode(String path) {
        code.add(new MappedCode(path, true));
        return this;
    }

    Facts child(String name, String program) {
        return process(new OtherProcess(20, 1, name, 1000, new MappedCode(program, false), false, false, true));
    }

    Facts process(OtherProcess process) {
        processes.add(process);
        return this;
    }

    Facts socket(int port, boolean loopback, JvmFacts.Owner owner) {
        sockets.add(new ListeningSocket(port, loopback, 1000, owner));
        return this;
    }

    Facts rights(Integer uid, Long capabilities, Boolean noNewPrivileges, Integer seccomp, Boolean rootWritable) {
        rights = new Rights(uid, capabilities, noNewPrivileges, seccomp, rootWritable);
        return this;
    }

    Facts attachFile(String mode, int uid) {
        attach = new AttachFile(mode, uid);
        return this;
    }

    Facts version(String java) {
        version = java;
        return this;
    }

    Facts startedAt(long startTicks) {
        ticks = startTicks;
        return this;
    }

    /** A first look at them, at a time when the shipped baseline's newest releases may still be awaited. */
    JvmLook look() {
        return JvmLook.first(build(), PodExpectations.NONE, NOW);
    }

    /** What all checks find, by their ids. */
    List<String> rules() {
        return look().observations("app").stream()
                .map(observation -> observation.key().rule())
                .toList();
    }

    /** How bad the first finding of a check is; null where it has none. */
    Severity severity(JvmCheck check) {
        return check.observe(look(), "app").stream()
                .map(Observation::severity)
                .findFirst()
                .orElse(null);
    }

    JvmFacts build() {
        return new JvmFacts(
                1,
                ticks,
                new JvmOptions(List.copyOf(options), whole),
                rights,
                List.copyOf(code),
                List.copyOf(processes),
                false,
                List.copyOf(sockets),
                sockets.size(),
                attach,
                new Java(HOME, version));
    }
}
