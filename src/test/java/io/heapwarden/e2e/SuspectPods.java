package io.heapwarden.e2e;

import java.util.stream.Stream;

/** JVMs that were broken into or set up carelessly, and one that does what looks like it at first sight. */
final class SuspectPods {

    /** Was broken into: runs code and programs that nobody put into the image, and its attach file is not its own. */
    static final String BROKEN = "broken";

    /** Was set up without care: an agent, an old JDK, a class that attacks use, a neighbour that may attach. */
    static final String CARELESS = "careless";

    /** Does neither, though almost. */
    static final String CAREFUL = "careful";

    /** The agent in the image of careless and careful. */
    static final String AGENT = "exporter.jar";

    /** There is no security release of Java 17 before this one. */
    static final String OLD_JAVA = "17.0.1";

    /** Libraries of the JDK stand for native code, sleep for a program that is in memory only. What apt-get waits for never comes, and nobody calls nc. */
    private static final String BREAKS_IN =
            """
            import java.io.OutputStream;
            import java.lang.foreign.*;
            import java.nio.file.*;

            class Main {
              public static void main(String[] arguments) throws Throwable {
                long own = ProcessHandle.current().pid();
                load("libprefs.so", "/tmp/here.so");
                load("librmi.so", "/tmp/gone.so");
                Files.delete(Path.of("/tmp/gone.so"));
                Linker linker = Linker.nativeLinker();
                int memory = (int) linker.downcallHandle(
                        linker.defaultLookup().find("memfd_create").orElseThrow(),
                        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT))
                    .invokeExact(Arena.global().allocateFrom("hidden"), 0);
                String program = "/proc/" + own + "/fd/" + memory;
                try (OutputStream out = Files.newOutputStream(Path.of(program), StandardOpenOption.WRITE)) {
                  Files.copy(Path.of("/bin/sleep"), out);
                }
                new ProcessBuilder(program, "100000").start();
                new ProcessBuilder("mkfifo", "/tmp/never").start().waitFor();
                new ProcessBuilder("apt-get", "-c", "/tmp/never", "update").start();
                new ProcessBuilder("/tools/nc", "-l", "-p", "8099").start();
                new ProcessBuilder("sh", "-c", "while :; do sleep 1; done").start();
                Path socket = Path.of("/tmp/.java_pid" + own);
                // A probe that attaches at this moment has the JVM make its own once more.
                for (; ; Thread.sleep(1000)) {
                  if (!Files.isRegularFile(socket)) {
                    Files.deleteIfExists(socket);
                    Files.createFile(socket);
                  }
                }
              }

              static void load(String library, String copy) throws Exception {
                System.load(Files.copy(Path.of(System.getProperty("java.home"), "lib", library), Path.of(copy)).toString());
              }
            }
            """;

    private static final String MAKES_ROWS =
            """
            class Main {
              static Object rows;

              public static void main(String[] arguments) throws Exception {
                rows = javax.sql.rowset.RowSetProvider.newFactory().createJdbcRowSet();
                Thread.sleep(Long.MAX_VALUE);
              }
            }
            """;

    /** The same class without an instance, the same library where it belongs, and the same BusyBox as another program. */
    private static final String ALMOST =
            """
            class Main {
              public static void main(String[] arguments) throws Exception {
                Class.forName("com.sun.rowset.JdbcRowSetImpl");
                System.load(System.getProperty("java.home") + "/lib/libprefs.so");
                new ProcessBuilder("/tools/sleep", "100000").start();
                Thread.sleep(Long.MAX_VALUE);
              }
            }
            """;

    private static final String TOOLS =
            "initContainers: [{name: tools, image: \"localhost/heapwarden-workload:no-jvm\", imagePullPolicy: IfNotPresent,"
                    + " volumeMounts: [{name: tools, mountPath: /tools}], command: [/bin/sh, -c, \"/bin/busybox cp /bin/busybox /tools/"
                    + " && /bin/busybox ln -s busybox /tools/nc && /bin/busybox ln -s busybox /tools/sleep\"]}]";

    private static final String RELEASE_OF_JDK = "/usr/lib/jvm/java-17-openjdk-amd64/release";

    private SuspectPods() {}

    static String broken() {
        return files(BROKEN, BREAKS_IN, OLD_JAVA)
                + pod(BROKEN, "25", "", "-Xmx96m", "--enable-native-access=ALL-UNNAMED");
    }

    /** Its neighbour has its user and group, so that it may attach. */
    static String careless() {
        return files(CARELESS, MAKES_ROWS, OLD_JAVA) + beside(CARELESS, Pods.NOBODY, "-Xmx128m");
    }

    /** ZGC keeps the heap in memory that has a file's name, as code may be kept, too. The neighbour is somebody else. */
    static String careful(String newestJava) {
        return files(CAREFUL, ALMOST, newestJava) + beside(CAREFUL, Pods.UNKNOWN, "-Xmx128m", "-XX:+UseZGC");
    }

    /**
     * The program; and what the JDK says of its version, as no JDK of the test images is of a known age. It lies over the file that the image has: the JVM is the
     * image's own, and only this file is of another.
     */
    private static String files(String app, String program, String java) {
        return """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: %s}
                data:
                  release: |
                    JAVA_VERSION="%s"
                  Main.java: |
                %s---
                """
                .formatted(app, java, program.indent(4));
    }

    /** With an agent, and a container beside it that sees its processes. */
    private static String beside(String app, int neighbour, String... options) {
        String[] all = Stream.concat(
                        Stream.of(options),
                        Stream.of("-javaagent:/opt/exporter/" + AGENT + "=9404:/opt/exporter/exporter.yaml"))
                .toArray(String[]::new);
        return pod(app, "exporter", ", {name: files, mountPath: " + RELEASE_OF_JDK + ", subPath: release}", all)
                        .replace("      containers:\n", "      shareProcessNamespace: true\n      containers:\n")
                + """
                - name: neighbour
                  image: localhost/heapwarden-workload:no-jvm
                  imagePullPolicy: IfNotPresent
                  securityContext: {runAsUser: %1$d, runAsGroup: %1$d}
                """
                        .formatted(neighbour)
                        .indent(6);
    }

    private static String pod(String app, String image, String mounts, String... options) {
        return Leaker.deployment(app, 1)
                .pod("volumes: [{name: files, configMap: {name: " + app + "}}, {name: tools, emptyDir: {}}]")
                .pod(TOOLS)
                .container("volumeMounts: [{name: files, mountPath: /source}, {name: tools, mountPath: /tools}" + mounts
                        + "]")
                .arguments(Stream.concat(Stream.of(options), Stream.of("/source/Main.java"))
                        .toArray(String[]::new))
                .manifest()
                .replace("heapwarden-workload:17", "heapwarden-workload:" + image);
    }
}
