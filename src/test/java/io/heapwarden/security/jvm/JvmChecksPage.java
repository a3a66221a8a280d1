package io.heapwarden.security.jvm;

import java.util.Arrays;
import java.util.stream.Collectors;

/** docs/jvm-checks.md, made of {@link JvmCheck}, {@link JdkBaseline} and {@link VulnerableClasses}. */
final class JvmChecksPage {

    private static final String HEAD =
            """
            # JVM checks

            What Heapwarden looks for in a running JVM and around it, from inside of its container. No agent, no pause: a script reads what the kernel says of
            the process, and the checks judge that. What they find stands in the pod's report and in Events, by the id below, and goes when it is not so any more.

            <!-- Made from JvmCheck.java; `mvn test -Dtest=JvmChecksPageTest -Dheapwarden.generate=true` writes it. -->

            ## Checks

            Severity is the worst that the check can say; where it can be milder the text says when.

            | id | severity | what | reference | what to do | a new pod helps |
            |---|---|---|---|---|---|
            """;

    private static final String GATHERED =
            """

            ## How the facts are gathered

            [security.sh](../src/main/resources/probe/security.sh) runs in the container as every probe does, for any POSIX shell, and needs no more than `grep` or
            `cat`, `ls` and `tr`; without `ls` or `tr` the checks that need them say nothing. It reads `/proc`, the JDK's file `release` and the names of links,
            writes nothing, signals nobody, and asks the JVM nothing: no safepoint, no attach, no file in `/tmp`. It starts five programs at most and says at most 240 KiB.
            `src/test/scripts/bench-probe.sh` measures it beside the other probes.

            A process keeps the options and the JDK that it was started with, so nine looks of ten go by what an earlier one saw of these. And for the two tables of sockets
            the kernel walks all connections of the node, which takes 5 ms each with 24 GiB, however few are the pod's: they are read only where the pod has sockets of that
            kind, and when it has another number of sockets that are no connections (`sockstat`, `snmp`) than at the look before. A port that is opened while another is
            closed is so seen up to ten looks later. In a pod of its own, on a busy machine of two cores where an empty `sh -c :` took 0.8 to 1.1 ms of processor time (medians of 60,
            2026-11-26), such a look took 4.9 to 7.5 ms, one that sees everything 16 to 19, and a sample by `counters.sh` 16 to 35.

            | what | from | bound |
            |---|---|---|
            | options | `/proc/PID/cmdline`, and of `/proc/PID/environ` the variables `JAVA_TOOL_OPTIONS`, `JDK_JAVA_OPTIONS`, `_JAVA_OPTIONS` | lines of 400 characters |
            | code | `/proc/PID/maps`: files that are mapped executable, and deleted archives; of open files deleted archives | 60,000 characters |
            | rights | `/proc/PID/status`, `/proc/PID/mounts` | |
            | processes | `/proc/*/status`, `exe`, `root` | 64, the JVM's children first |
            | sockets | `/proc/PID/net/tcp` and `tcp6`, those that listen; whose they are by `/proc/PID/fd` | 512 open files, else by the user |
            | attach | `/tmp/.java_pidPID`: mode and owner | |
            | version | `release` of the JDK, else the JVM's counters | |

            **Secrets stay in the container.** Of an option only its name is sent, `-Ddb.password` of `-Ddb.password=hunter2`. Values are sent of `true` and `false`, of
            `com.sun.management.jmxremote.*` (ports, addresses, paths), and of the debugger's address, server and suspend; of agents the file, not their arguments. A word after
            `--password` and the like is passed over, quoted parts of variables are left out, and of all other variables nothing is sent. As a process's arguments are
            taken apart at their zero bytes, a value that holds line breaks is still one value.

            **The probe does not find itself.** Only descendants of the JVM count as its children, and commands by exec have another parent. (What such a command leaves behind in
            the background gets the JVM as parent where the JVM is the first process of its container, and counts.) The script says its own process
            id; it, what it started, and what it was started by are left out, up to the JVM or to where the session came in.

            ## What is not seen

            - Options in a file (`java @file`) and in a jar file's manifest: where such a file is named nothing is said of agents that came later. The debugger is then
              found by its library.
            - `jdk.serialFilter` in `conf/security/java.security`.
            - A Java agent that is attached to a JVM which was started with another one; a native agent before the first look.
            - Children that come and go between two looks; Falco sees those.
            - Whether a port that is declared should be open.
            - Classes without instances: a histogram has none of those.
            - Code that was copied over code that is mapped anonymously, as an agent may do.
            - A process that may read the JVM's memory as the same user in the same container: it needs no attach.

            ## Attach

            HotSpot answers only its own user and root (it asks the kernel who is at the other end), so another user cannot attach. What can: a container that shares the process
            namespace (`shareProcessNamespace`) and has the same user and group, or runs as root. That is `attach-by-others`; what runs as root is seen only by a look that may read its
            files, so from a container that runs as root itself. Who talks to a JVM through `/tmp` can be made to talk to
            somebody else, if that one puts a socket there first: `attach-socket-forged`.

            ## The JDK's baseline

            """;

    private static final String TABLE =
            """
            [jdk-baseline.properties](../src/main/resources/security/jdk-baseline.properties), as of %s, has the newest release of each Java version. A new one is asked for
            %d days after it came, when the next one is due; until then the one before it will do. `src/test/scripts/update-jdk-baseline.sh` writes it from a list of releases.

            ## Classes

            [vulnerable-classes.properties](../src/main/resources/security/vulnerable-classes.properties). An installation can add entries of the same form,
            `CLASS=SEVERITY REFERENCE|MEANING|REMEDY`, at most %d.

            | class | severity | reference | what it shows | what to do |
            |---|---|---|---|---|
            """;

    private JvmChecksPage() {}

    static String render() {
        return HEAD
                + Arrays.stream(JvmCheck.values()).map(JvmChecksPage::row).collect(Collectors.joining())
                + GATHERED
                + TABLE.formatted(
                        JdkBaseline.shipped().date(), JdkBaseline.GRACE.toDays(), VulnerableClasses.MOST_ADDED)
                + VulnerableClasses.shipped().all().stream()
                        .map(JvmChecksPage::row)
                        .collect(Collectors.joining());
    }

    private static String row(JvmCheck check) {
        return "| `%s` | %s | %s | %s | %s | %s |%n"
                .formatted(
                        check.id(),
                        check.severity(),
                        check.title(),
                        check.reference(),
                        check.remedy(),
                        check.restartHelps() ? "yes" : "no");
    }

    private static String row(VulnerableClasses.Vulnerable entry) {
        return "| `%s` | %s | %s | %s | %s |%n"
                .formatted(entry.className(), entry.severity(), entry.reference(), entry.meaning(), entry.remedy());
    }
}
