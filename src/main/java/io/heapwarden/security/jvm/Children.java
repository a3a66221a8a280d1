package io.heapwarden.security.jvm;

import io.heapwarden.security.Severity;
import io.heapwarden.security.jvm.JvmFacts.MappedCode;
import io.heapwarden.security.jvm.JvmFacts.OtherProcess;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a JVM started. Only descendants of the JVM count: what comes in by exec, as the probe itself, has another parent. */
final class Children {

    private static final Set<String> SHELLS = Set.of(
            "sh", "bash", "dash", "ash", "zsh", "ksh", "mksh", "csh", "tcsh", "fish", "pwsh", "perl", "ruby", "php",
            "lua", "expect");
    private static final Pattern PYTHON = Pattern.compile("python[0-9.]*");
    private static final Set<String> PACKAGE_MANAGERS = Set.of(
            "apt",
            "apt-get",
            "aptitude",
            "dpkg",
            "apk",
            "yum",
            "dnf",
            "microdnf",
            "tdnf",
            "zypper",
            "rpm",
            "pacman",
            "pip",
            "pip3",
            "npm",
            "gem",
            "snap");
    private static final Set<String> DOWNLOAD_TOOLS = Set.of(
            "curl",
            "wget",
            "nc",
            "ncat",
            "netcat",
            "nc.openbsd",
            "nc.traditional",
            "socat",
            "ftp",
            "tftp",
            "sftp",
            "scp",
            "ssh",
            "rsync",
            "telnet",
            "aria2c");

    /** One file that is many programs; which one, the process's name says. */
    private static final Set<String> MANY_IN_ONE = Set.of("busybox", "toybox", "coreutils");

    private Children() {}

    static Stream<Sighting> shells(JvmLook look) {
        return children(look)
                .filter(child -> SHELLS.contains(nameOf(child))
                        || PYTHON.matcher(nameOf(child)).matches())
                .map(child -> new Sighting(
                        nameOf(child),
                        Severity.High,
                        "the shell or interpreter " + nameOf(child) + " runs below the JVM"));
    }

    static Stream<Sighting> packageManagers(JvmLook look) {
        return children(look)
                .filter(child -> PACKAGE_MANAGERS.contains(nameOf(child)))
                .map(child -> new Sighting(
                        nameOf(child), Severity.High, "the package manager " + nameOf(child) + " runs below the JVM"));
    }

    static Stream<Sighting> downloadTools(JvmLook look) {
        return children(look)
                .filter(child -> DOWNLOAD_TOOLS.contains(nameOf(child)))
                .map(child -> new Sighting(nameOf(child), Severity.High, nameOf(child) + " runs below the JVM"));
    }

    static Stream<Sighting> unknownPrograms(JvmLook look) {
        return children(look).flatMap(child -> {
            MappedCode program = child.program();
            if (program == null || program.inMemory()) {
                return Stream.empty();
            }
            String why = program.deleted()
                    ? "which is deleted"
                    : Code.temporary(program)
                            ? "where everybody may write"
                            : child.younger() ? "which was written after the JVM had been started" : "";
            return why.isEmpty()
                    ? Stream.empty()
                    : Stream.of(new Sighting(
                            program.path(),
                            Severity.Critical,
                            "a process that the JVM started runs " + program.path() + ", " + why));
        });
    }

    private static Stream<OtherProcess> children(JvmLook look) {
        return look.facts().processes().stream().filter(OtherProcess::ofJvm);
    }

    /** By the file that it runs, as a process may call itself anything. */
    private static String nameOf(OtherProcess process) {
        MappedCode program = process.program();
        return program == null || MANY_IN_ONE.contains(program.fileName()) ? process.name() : program.fileName();
    }
}
