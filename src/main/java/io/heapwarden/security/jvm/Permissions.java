package io.heapwarden.security.jvm;

import io.heapwarden.security.Severity;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a JVM may do that it need not, and what it tells that it should not. */
final class Permissions {

    /** Allowed by the Pod Security Standard "restricted", too. */
    private static final long NET_BIND_SERVICE = 1L << 10;

    /** Those that lead out of a container or past its isolation, by their bits: linux/capability.h. */
    private static final Map<Integer, String> DANGEROUS = new TreeMap<>(Map.ofEntries(
            Map.entry(2, "DAC_READ_SEARCH"),
            Map.entry(12, "NET_ADMIN"),
            Map.entry(16, "SYS_MODULE"),
            Map.entry(17, "SYS_RAWIO"),
            Map.entry(19, "SYS_PTRACE"),
            Map.entry(21, "SYS_ADMIN"),
            Map.entry(22, "SYS_BOOT"),
            Map.entry(25, "SYS_TIME"),
            Map.entry(32, "MAC_OVERRIDE"),
            Map.entry(33, "MAC_ADMIN"),
            Map.entry(34, "SYSLOG"),
            Map.entry(38, "PERFMON"),
            Map.entry(39, "BPF"),
            Map.entry(40, "CHECKPOINT_RESTORE")));

    private static final Pattern SECRET = Pattern.compile(
            ".*(passw(or)?d|passphrase|passwd|secret|token|api[._-]?key|access[._-]?key|private[._-]?key|credential).*|(.*[._-])?(storepass|keypass|pwd)");

    /** Names that have such a word and no secret, as where one is kept. */
    private static final Pattern NO_SECRET = Pattern.compile(
            ".*[._-]?(file|path|dir|directory|location|url|uri|name|type|class|provider|algorithm|length|size|ttl|timeout|expiry|expiration|validity|policy|format|header|issuer|endpoint|alias|id)");

    private Permissions() {}

    static Stream<Sighting> root(JvmLook look) {
        Integer uid = look.facts().rights().uid();
        return when(uid != null && uid == 0, Severity.Medium, "the JVM runs as root");
    }

    static Stream<Sighting> capabilities(JvmLook look) {
        Long held = look.facts().rights().capabilities();
        if (held == null || (held & ~NET_BIND_SERVICE) == 0) {
            return Stream.empty();
        }
        List<String> dangerous = DANGEROUS.entrySet().stream()
                .filter(entry -> (held >> entry.getKey() & 1) == 1)
                .map(Map.Entry::getValue)
                .toList();
        return Stream.of(
                dangerous.isEmpty()
                        ? new Sighting("", Severity.Medium, "the JVM has capabilities that it hardly needs")
                        : new Sighting(
                                "",
                                Severity.High,
                                dangerous.stream()
                                        .collect(Collectors.joining(", ", "the JVM has the capabilities ", ""))));
    }

    static Stream<Sighting> seccomp(JvmLook look) {
        Integer seccomp = look.facts().rights().seccomp();
        return when(seccomp != null && seccomp == 0, Severity.Medium, "no seccomp filter holds for the JVM");
    }

    static Stream<Sighting> newPrivileges(JvmLook look) {
        return when(
                Boolean.FALSE.equals(look.facts().rights().noNewPrivileges()),
                Severity.Medium,
                "no_new_privs is off for the JVM");
    }

    static Stream<Sighting> rootWritable(JvmLook look) {
        return when(
                Boolean.TRUE.equals(look.facts().rights().rootWritable()),
                Severity.Low,
                "the root file system is mounted writable");
    }

    private static Stream<Sighting> when(boolean so, Severity severity, String message) {
        return so ? Stream.of(new Sighting("", severity, message)) : Stream.empty();
    }

    static Stream<Sighting> secrets(JvmLook look) {
        return look.facts()
                .options()
                .withHiddenValue()
                .filter(option -> isSecret(nameOf(option.text())))
                .map(option -> new Sighting(
                        nameOf(option.text()),
                        option.ofCommandLine() ? Severity.Medium : Severity.Low,
                        "the value of %s is given %s"
                                .formatted(
                                        nameOf(option.text()),
                                        option.ofCommandLine()
                                                ? "on the command line"
                                                : "in the variable " + option.source())));
    }

    /** Whether a name says that its value is a secret. */
    static boolean isSecret(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return SECRET.matcher(lower).matches() && !NO_SECRET.matcher(lower).matches();
    }

    private static String nameOf(String option) {
        String name = option.startsWith("-D") ? option.substring(2) : option;
        while (name.startsWith("-")) {
            name = name.substring(1);
        }
        return name;
    }
}
