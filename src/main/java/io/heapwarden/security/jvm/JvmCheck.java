package io.heapwarden.security.jvm;

import static io.heapwarden.security.Severity.Critical;
import static io.heapwarden.security.Severity.High;
import static io.heapwarden.security.Severity.Low;
import static io.heapwarden.security.Severity.Medium;

import io.heapwarden.security.FindingSource;
import io.heapwarden.security.Observation;
import io.heapwarden.security.Severity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is looked for in and around a JVM. docs/jvm-checks.md is made of these. */
public enum JvmCheck {
    DebugPortOpen(
            "debug-port-open",
            Critical,
            "The debugger's agent is loaded and accepts connections: whoever connects runs any code, and is not asked who they are. Critical"
                    + " where other pods reach it, Medium on the loopback interface, Low where it waits for jcmd",
            "JDWP; CWE-489, CWE-306",
            "take -agentlib:jdwp out of the options of this pod; for debugging bind it to localhost and use kubectl port-forward",
            false,
            OpenDoors::debugger),
    JmxWithoutAuthentication(
            "jmx-without-authentication",
            Critical,
            "JMX accepts connections and asks for no password: whoever connects can run code through MBeans. Medium on the loopback interface",
            "CWE-306; Monitoring and Management Using JMX, Security",
            "set com.sun.management.jmxremote.authenticate to true with a password file, or use the metrics endpoint and take the port away",
            false,
            OpenDoors::jmxWithoutAuthentication),
    JmxWithoutTls(
            "jmx-without-tls",
            Medium,
            "JMX accepts connections that are not encrypted, passwords included. Low on the loopback interface",
            "CWE-319; Monitoring and Management Using JMX, Security",
            "set com.sun.management.jmxremote.ssl and com.sun.management.jmxremote.registry.ssl to true with a key store",
            false,
            OpenDoors::jmxWithoutTls),
    NoDeserialisationFilter(
            "no-deserialisation-filter",
            Medium,
            "RMI or JMX takes serialised objects from the network and no filter says of which classes. Low where JMX asks for a password",
            "JEP 290, JEP 415; CWE-502",
            "set -Djdk.serialFilter to the classes that are needed, or jdk.serialFilter in conf/security/java.security, which is not seen from here",
            false,
            OpenDoors::noDeserialisationFilter),
    UndeclaredPort(
            "undeclared-port",
            Low,
            "The JVM accepts connections from outside of the pod on a port that no container declares",
            "field spec.containers[].ports; CWE-1327",
            "declare the port in the pod, bind it to localhost, or find out what opened it",
            false,
            OpenDoors::undeclaredPorts),
    AttachByOthers(
            "attach-by-others",
            Medium,
            "Processes of another container share the process namespace and the user of the JVM, so that they can attach to it and load code into it",
            "JEP 451; CIS Kubernetes 5.2.3; field spec.shareProcessNamespace",
            "give the containers different users, switch shareProcessNamespace off, or start the JVM with -XX:+DisableAttachMechanism",
            false,
            Agents::attachByOthers),
    AttachSocketForged(
            "attach-socket-forged",
            High,
            "The file by which tools attach to the JVM is not the JVM's own, or others may write to it: who attaches talks to somebody else",
            "JEP 451; CWE-379",
            "find out who made the file; give the container a /tmp of its own that no other container writes to",
            true,
            Agents::forgedSocket),
    AgentAtStart(
            "agent-at-start",
            Low,
            "The JVM was started with an agent that is not among those allowed: it can change any code",
            "JEP 451; CWE-829",
            "name the agent among the allowed ones if it is meant to be there; take the option out if not",
            false,
            Agents::atStart),
    AgentLoadedLater(
            "agent-loaded-later",
            High,
            "Code was loaded into the running JVM: a Java agent though none was named at start, or, Medium, a native library since the last look",
            "JEP 451; CWE-94; MITRE ATT&CK T1055",
            "find out who attached; name the agent among the allowed ones, or start the JVM with -XX:-EnableDynamicAgentLoading and restart the pod",
            true,
            Agents::later),
    JdkOutdated(
            "jdk-outdated",
            High,
            "The JDK lacks security fixes: High when those of more than one release or for good, Medium when those of the last one, a quarter after it",
            "OpenJDK Vulnerability Advisories; CWE-1395",
            "build the image on the newest release of this Java version, and rebuild it every quarter",
            false,
            Code::outdated),
    VulnerableLibrary(
            "vulnerable-library",
            Critical,
            "The heap has instances of a class that exist only where a library is vulnerable as it is configured",
            "CWE-1395; the CVE is told with the finding",
            "told with the finding",
            false,
            Code::vulnerable),
    CodeFromMemory(
            "code-from-memory",
            Critical,
            "The JVM, or a process that it started, runs code that never was in a file",
            "MITRE ATT&CK T1620; CWE-94",
            "keep the evidence, restart the pod, and look for the way in",
            true,
            Code::fromMemory),
    CodeFromDeletedFile(
            "code-from-deleted-file",
            High,
            "The JVM runs code of a file that is not there any more, so that nobody can look at it. Medium for an archive, Low for the libraries that"
                    + " Netty, JNA, Snappy, zstd and others unpack and delete",
            "MITRE ATT&CK T1070.004; CWE-94",
            "find out what it was; if the image was changed under the running pod restart it, if not keep the evidence first",
            true,
            Code::fromDeletedFile),
    CodeFromTemporaryFile(
            "code-from-temporary-file",
            High,
            "The JVM runs native code of a directory that everybody may write to. Low for the libraries that Netty, JNA, Snappy, zstd and others unpack there",
            "CWE-379; MITRE ATT&CK T1574",
            "put the library into the image and make the root file system read-only; mount temporary directories of their own",
            true,
            Code::fromTemporaryFile),
    ShellStarted(
            "shell-started",
            High,
            "A process that the JVM started is a shell or an interpreter",
            "MITRE ATT&CK T1059; CWE-78",
            "if the application does this on purpose call the program without a shell; if not keep the evidence and restart the pod",
            true,
            Children::shells),
    PackageManagerStarted(
            "package-manager-started",
            High,
            "A process that the JVM started installs software",
            "MITRE ATT&CK T1072; CIS Docker 4.3",
            "put what is needed into the image; if nobody meant this keep the evidence and restart the pod",
            true,
            Children::packageManagers),
    DownloadToolStarted(
            "download-tool-started",
            High,
            "A process that the JVM started moves files or opens connections for others",
            "MITRE ATT&CK T1105; CWE-494",
            "use an HTTP client inside the application and take the tool out of the image; if nobody meant this keep the evidence and restart the pod",
            true,
            Children::downloadTools),
    UnknownProgramStarted(
            "unknown-program-started",
            Critical,
            "A process that the JVM started runs a program that was not in the image: in a temporary directory, deleted, or written after the JVM was started",
            "MITRE ATT&CK T1105; CWE-94",
            "keep the evidence, restart the pod with a read-only root file system, and look for the way in",
            true,
            Children::unknownPrograms),
    RunsAsRoot(
            "runs-as-root",
            Medium,
            "The JVM runs as root",
            "CIS Kubernetes 5.2.7; field securityContext.runAsNonRoot",
            "set securityContext.runAsNonRoot to true and runAsUser to a user of the image",
            false,
            Permissions::root),
    Capabilities(
            "capabilities",
            High,
            "The JVM has capabilities beyond NET_BIND_SERVICE: High with one that leads out of the container, Medium with others",
            "CIS Kubernetes 5.2.9, 5.2.10; field securityContext.capabilities",
            "set securityContext.capabilities.drop to [ALL] and runAsNonRoot to true",
            false,
            Permissions::capabilities),
    SeccompOff(
            "seccomp-off",
            Medium,
            "No filter says which system calls the JVM may use",
            "CIS Kubernetes 5.7.2; field securityContext.seccompProfile",
            "set securityContext.seccompProfile.type to RuntimeDefault",
            false,
            Permissions::seccomp),
    NewPrivilegesAllowed(
            "new-privileges-allowed",
            Medium,
            "Processes that the JVM starts may get more rights than it has, by programs that belong to root",
            "CIS Kubernetes 5.2.6; field securityContext.allowPrivilegeEscalation",
            "set securityContext.allowPrivilegeEscalation to false",
            false,
            Permissions::newPrivileges),
    RootWritable(
            "root-writable",
            Low,
            "The root file system can be written, so that what breaks in can put files beside the application",
            "NSA/CISA Kubernetes Hardening Guide 1.2, immutable file systems; field securityContext.readOnlyRootFilesystem",
            "set securityContext.readOnlyRootFilesystem to true and mount an emptyDir at /tmp, where the JVM keeps its counters",
            false,
            Permissions::rootWritable),
    SecretInOptions(
            "secret-in-options",
            Medium,
            "An option whose name says that its value is a secret: the command line is read by every process, written to crash logs and answered by jcmd."
                    + " Low in a variable such as JAVA_TOOL_OPTIONS",
            "CWE-214; CIS Kubernetes 5.4.1",
            "read the value from a mounted Secret, by a file, instead of giving it as an option",
            false,
            Permissions::secrets);

    /** Most findings of one check at one look. */
    static final int MOST = 8;

    private final String id;
    private final Severity severity;
    private final String title;
    private final String reference;
    private final String remedy;
    private final boolean restartHelps;
    private final Function<JvmLook, Stream<Sighting>> evaluation;

    JvmCheck(
            String id,
            Severity severity,
            String title,
            String reference,
            String remedy,
            boolean restartHelps,
            Function<JvmLook, Stream<Sighting>> evaluation) {
        this.id = id;
        this.severity = severity;
        this.title = title;
        this.reference = reference;
        this.remedy = remedy;
        this.restartHelps = restartHelps;
        this.evaluation = evaluation;
    }

    /** How the finding is known: the rule of an {@link Observation}. */
    public String id() {
        return id;
    }

    /** The worst that it can be. */
    public Severity severity() {
        return severity;
    }

    /** What is looked for, in words. */
    public String title() {
        return title;
    }

    /** Where it is defined. */
    public String reference() {
        return reference;
    }

    /** What to do about it. */
    public String remedy() {
        return remedy;
    }

    /** Whether a new pod of the same template would not show it at once again. */
    public boolean restartHelps() {
        return restartHelps;
    }

    /** What this check has to say of a JVM, each subject once; of more than {@value #MOST} the first. */
    public List<Observation> observe(JvmLook look, String container) {
        return evaluation
                .apply(look)
                .map(sighting -> observation(container, sighting))
                .collect(Collectors.toMap(
                        Observation::key,
                        Function.identity(),
                        (one, other) -> one.severity().atLeast(other.severity()) ? one : other,
                        LinkedHashMap::new))
                .values()
                .stream()
                .limit(MOST)
                .toList();
    }

    private Observation observation(String container, Sighting sighting) {
        return new Observation(
                new Observation.Key(FindingSource.Jvm, id, container, sighting.subject()),
                sighting.severity(),
                sighting.message(),
                sighting.remedy() == null ? remedy : sighting.remedy(),
                sighting.reference() == null ? reference : sighting.reference(),
                restartHelps);
    }
}
