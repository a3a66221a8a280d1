package io.heapwarden.security.jvm;

import io.heapwarden.security.Severity;
import io.heapwarden.security.jvm.JvmFacts.ListeningSocket;
import io.heapwarden.security.jvm.JvmFacts.Owner;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What lets somebody in over the network. */
final class OpenDoors {

    private static final String JMX = "com.sun.management.jmxremote.";
    private static final int OLD_JAVA = 8;

    /** Ports from here on are given out by the kernel, another one each time: net.ipv4.ip_local_port_range as every distribution has it. */
    private static final int EPHEMERAL = 32_768;

    private OpenDoors() {}

    /** Whom a door is open to. */
    private enum Reach {
        Pod,
        Network
    }

    static Stream<Sighting> debugger(JvmLook look) {
        List<String> options = look.facts().options().debugger();
        if (options == null) {
            return look.facts().loaded("libjdwp.so")
                    ? Stream.of(new Sighting(
                            "", Severity.High, "the debugger's agent is loaded, by options that were not seen"))
                    : Stream.empty();
        }
        String address = valueOf(options, "address");
        if (valueOf(options, "onjcmd").equals("y")) {
            return Stream.of(
                    new Sighting("", Severity.Low, "the debugger's agent is loaded and waits to be opened by jcmd"));
        }
        if (!valueOf(options, "server").equals("y")) {
            return Stream.of(new Sighting(
                    "",
                    Severity.High,
                    "the JVM connects to a debugger at "
                            + (address.isEmpty() ? "an address that it was given" : address)
                            + ", which may run any code in it"));
        }
        String port = address.substring(address.lastIndexOf(':') + 1);
        boolean everywhere = reach(look.facts(), port, hostOf(look.facts(), address)) == Reach.Network;
        String where = port.isEmpty() || port.equals("0") ? "a port of the JVM's choice" : "port " + port;
        return Stream.of(new Sighting(
                "",
                everywhere ? Severity.Critical : Severity.Medium,
                "a debugger may connect to %s%s and run any code%s"
                        .formatted(
                                where,
                                everywhere ? " from outside of the pod" : " from inside of the pod",
                                valueOf(options, "suspend").equals("y")
                                        ? "; the JVM waits for one before it starts"
                                        : "")));
    }

    /** The host that an address names; null for the loopback interface, which newer Javas take where it names none. */
    private static @Nullable String hostOf(JvmFacts facts, String address) {
        int colon = address.lastIndexOf(':');
        if (colon >= 0) {
            return address.substring(0, colon);
        }
        String version = facts.java().version();
        JavaVersion java = version == null ? null : JavaVersion.parse(version);
        // JDK-8041435: since Java 9 an address without a host means the loopback interface.
        return java != null && java.feature() > OLD_JAVA ? null : "*";
    }

    static Stream<Sighting> jmxWithoutAuthentication(JvmLook look) {
        Reach reach = jmx(look.facts());
        return reach == null || !look.facts().options().isFalse(JMX + "authenticate")
                ? Stream.empty()
                : Stream.of(new Sighting(
                        "",
                        reach == Reach.Network ? Severity.Critical : Severity.Medium,
                        "JMX on port %s asks for no password".formatted(jmxPort(look.facts()))));
    }

    static Stream<Sighting> jmxWithoutTls(JvmLook look) {
        Reach reach = jmx(look.facts());
        return reach == null || !look.facts().options().isFalse(JMX + "ssl")
                ? Stream.empty()
                : Stream.of(new Sighting(
                        "",
                        reach == Reach.Network ? Severity.Medium : Severity.Low,
                        "JMX on port %s is not encrypted".formatted(jmxPort(look.facts()))));
    }

    static Stream<Sighting> noDeserialisationFilter(JvmLook look) {
        JvmOptions options = look.facts().options();
        boolean jmx = jmx(look.facts()) != null;
        boolean rmi = options.hasAny("java.rmi.server.");
        if (!jmx && !rmi || options.has("jdk.serialFilter") || options.has("jdk.serialFilterFactory")) {
            return Stream.empty();
        }
        boolean asks = jmx && !rmi && !options.isFalse(JMX + "authenticate");
        return Stream.of(new Sighting(
                "",
                asks ? Severity.Low : Severity.Medium,
                (jmx ? "JMX" : "RMI") + " is open and jdk.serialFilter is not set at start"));
    }

    static Stream<Sighting> undeclaredPorts(JvmLook look) {
        JvmFacts facts = look.facts();
        return facts.sockets().stream()
                .filter(socket -> !socket.loopback()
                        && ofJvm(facts, socket)
                        && !look.expected().declaredPorts().contains(socket.port()))
                .map(
                        socket -> socket.port() < EPHEMERAL
                                ? new Sighting(
                                        "port " + socket.port(),
                                        Severity.Low,
                                        "the JVM accepts connections on port " + socket.port()
                                                + ", which no container declares")
                                : new Sighting(
                                        "port of the kernel's choice",
                                        Severity.Low,
                                        "the JVM accepts connections on a port that the kernel chose, as RMI does where it is given none"));
    }

    /** Whom remote JMX is open to; null when it is not. */
    private static @Nullable Reach jmx(JvmFacts facts) {
        String port = jmxPort(facts);
        if (port == null) {
            return null;
        }
        boolean ephemeral = port.equals("0");
        boolean known = facts.sockets().stream()
                .anyMatch(socket -> String.valueOf(socket.port()).equals(port));
        if (!known && !ephemeral && !facts.sockets().isEmpty()) {
            return null;
        }
        String host = facts.options().value(JMX + "host");
        return reach(facts, port, host == null ? "*" : host);
    }

    private static @Nullable String jmxPort(JvmFacts facts) {
        return facts.options().value(JMX + "port");
    }

    /** The sockets know better than the options, where they can be told by their port. */
    private static Reach reach(JvmFacts facts, String port, @Nullable String host) {
        List<ListeningSocket> open = facts.sockets().stream()
                .filter(socket -> String.valueOf(socket.port()).equals(port) && ofJvm(facts, socket))
                .toList();
        boolean network = open.isEmpty()
                ? host != null && !isLoopback(host)
                : open.stream().anyMatch(socket -> !socket.loopback());
        return network ? Reach.Network : Reach.Pod;
    }

    private static boolean isLoopback(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals("localhost") || name.startsWith("127.") || name.equals("::1") || name.equals("[::1]");
    }

    /** Where the JVM's open files cannot be read its user's sockets count as its own. */
    private static boolean ofJvm(JvmFacts facts, ListeningSocket socket) {
        Integer uid = facts.rights().uid();
        return socket.owner() == Owner.Jvm || socket.owner() == Owner.Unknown && uid != null && uid == socket.uid();
    }

    private static String valueOf(List<String> options, String key) {
        return options.stream()
                .filter(option -> option.startsWith(key + "="))
                .map(option -> option.substring(key.length() + 1))
                .reduce("", (first, second) -> second);
    }
}
