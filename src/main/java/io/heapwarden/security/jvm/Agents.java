package io.heapwarden.security.jvm;

import io.heapwarden.security.Severity;
import io.heapwarden.security.jvm.JvmFacts.AttachFile;
import io.heapwarden.security.jvm.JvmFacts.MappedCode;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who can load code into a JVM, and who did. */
final class Agents {

    private static final String JAVA_AGENTS = "libinstrument.so";
    private static final String ONLY_OWNER = "rw-------";

    private Agents() {}

    static Stream<Sighting> atStart(JvmLook look) {
        return look.facts()
                .options()
                .agents()
                .filter(agent -> !agent.startsWith("jdwp") && !look.expected().allows(agent))
                .map(agent -> new Sighting(agent, Severity.Low, "the JVM was started with the agent " + agent));
    }

    static Stream<Sighting> later(JvmLook look) {
        return Stream.concat(javaAgent(look), nativeLibraries(look));
    }

    /** The JDK's library of Java agents is mapped with the first of them. What the manifest of a jar file starts is taken for one that came later. */
    private static Stream<Sighting> javaAgent(JvmLook look) {
        JvmFacts facts = look.facts();
        boolean came = facts.loaded(JAVA_AGENTS)
                && facts.options().whole()
                && !facts.options().hasJavaAgent()
                && !look.expected().allows(JAVA_AGENTS);
        return came
                ? Stream.of(new Sighting(
                        JAVA_AGENTS,
                        Severity.High,
                        "a Java agent was loaded into the running JVM: none was named at start"))
                : Stream.empty();
    }

    private static Stream<Sighting> nativeLibraries(JvmLook look) {
        if (look.before() == null) {
            return Stream.empty();
        }
        Set<String> known = look.before().code().stream().map(MappedCode::path).collect(Collectors.toSet());
        return look.facts().code().stream()
                .filter(mapped -> !known.contains(mapped.path())
                        && !mapped.inMemory()
                        && !mapped.path().endsWith(".jar")
                        && !Code.ofSystem(look.facts(), mapped)
                        && !Code.unpacked(mapped)
                        && !look.expected().allows(mapped.path()))
                .map(mapped -> new Sighting(
                        mapped.path(),
                        Severity.Medium,
                        "the native library " + mapped.path()
                                + " was loaded into the running JVM since the last look"));
    }

    /**
     * HotSpot lets its own user and root attach, of whatever container: in a shared process namespace, or over a shared /tmp. Processes beside it in its
     * own container reach what it reaches anyway.
     */
    static Stream<Sighting> attachByOthers(JvmLook look) {
        JvmFacts facts = look.facts();
        Integer uid = facts.rights().uid();
        boolean can = uid != null
                && !Boolean.TRUE.equals(facts.options().flag("DisableAttachMechanism"))
                && facts.processes().stream()
                        .anyMatch(process -> process.foreign() && (process.uid() == uid || process.uid() == 0));
        return can
                ? Stream.of(new Sighting(
                        "",
                        Severity.Medium,
                        "a process of another container may attach to the JVM, as it has the same user or is root"))
                : Stream.empty();
    }

    static Stream<Sighting> forgedSocket(JvmLook look) {
        AttachFile file = look.facts().attachSocket();
        Integer uid = look.facts().rights().uid();
        if (file == null || uid == null) {
            return Stream.empty();
        }
        if (!file.mode().startsWith("s")) {
            return Stream.of(new Sighting("", Severity.High, "the attach file of the JVM is no socket"));
        }
        if (file.uid() != uid) {
            return Stream.of(new Sighting("", Severity.High, "the attach socket belongs to another user than the JVM"));
        }
        return file.mode().startsWith("s" + ONLY_OWNER)
                ? Stream.empty()
                : Stream.of(
                        new Sighting("", Severity.Medium, "others than the JVM's user may write to its attach socket"));
    }
}
