package io.heapwarden.security.jvm;

import io.heapwarden.security.Severity;
import io.heapwarden.security.jvm.JdkBaseline.Shortfall;
import io.heapwarden.security.jvm.JvmFacts.MappedCode;
import io.heapwarden.security.jvm.JvmFacts.OtherProcess;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Where the code that a JVM runs is from. */
final class Code {

    private static final List<String> SYSTEM =
            List.of("/lib/", "/lib64/", "/usr/lib/", "/usr/lib64/", "/usr/local/lib/");
    private static final List<String> TEMPORARY = List.of("/tmp/", "/var/tmp/", "/dev/shm/");

    /**
     * Names that libraries give to what they unpack: Netty, JNA, JFFI, Snappy, zstd, LZ4, Brotli, RocksDB, SQLite, Conscrypt, Jansi, JLine, OpenJFX; and archives of
     * class data. A name proves nothing, which is why these are findings, too, of the mildest kind.
     */
    private static final Pattern UNPACKED = Pattern.compile(
            "(lib)?netty[_-].*\\.so|lib.*_netty_.*\\.so|jna-?[0-9]+\\.tmp|jffi[0-9]+.*\\.so|(snappy-.*-)?libsnappyjava.*\\.so"
                    + "|libzstd-jni.*\\.so|(lib)?lz4-java.*\\.so|libbrotli.*\\.so|librocksdbjni.*\\.so"
                    + "|(lib)?sqlite.*\\.so|libconscrypt.*\\.so|(lib)?jansi-.*\\.so|(lib)?jline.*\\.so|.*\\.jsa");

    private Code() {}

    /** Whether it is under the JDK's directory, or where the distribution keeps its libraries. */
    static boolean ofSystem(JvmFacts facts, MappedCode mapped) {
        String home = facts.java().home();
        return home != null && mapped.path().startsWith(home + "/")
                || SYSTEM.stream().anyMatch(mapped.path()::startsWith);
    }

    /** Whether it has the name of what libraries unpack. */
    static boolean unpacked(MappedCode mapped) {
        return UNPACKED.matcher(mapped.fileName()).matches();
    }

    static boolean temporary(MappedCode mapped) {
        return TEMPORARY.stream().anyMatch(mapped.path()::startsWith);
    }

    static Stream<Sighting> fromMemory(JvmLook look) {
        return Stream.concat(
                look.facts().code().stream()
                        .filter(MappedCode::inMemory)
                        .map(mapped -> new Sighting(
                                mapped.path(),
                                Severity.Critical,
                                "the JVM runs code of " + mapped.path() + ", which is in memory only")),
                look.facts().processes().stream()
                        .filter(OtherProcess::ofJvm)
                        .map(OtherProcess::program)
                        .filter(program -> program != null && program.inMemory())
                        .map(program -> new Sighting(
                                program.path(),
                                Severity.Critical,
                                "a process that the JVM started runs " + program.path()
                                        + ", which is in memory only")));
    }

    static Stream<Sighting> fromDeletedFile(JvmLook look) {
        return look.facts().code().stream()
                .filter(mapped -> mapped.deleted() && !mapped.inMemory())
                .map(mapped -> new Sighting(
                        subject(mapped),
                        unpacked(mapped)
                                ? Severity.Low
                                : mapped.path().endsWith(".jar") ? Severity.Medium : Severity.High,
                        "the JVM runs code of " + subject(mapped) + ", which is deleted"));
    }

    static Stream<Sighting> fromTemporaryFile(JvmLook look) {
        return look.facts().code().stream()
                .filter(mapped -> temporary(mapped) && !mapped.deleted())
                .map(mapped -> new Sighting(
                        subject(mapped),
                        unpacked(mapped) ? Severity.Low : Severity.High,
                        "the JVM runs code of " + subject(mapped) + ", where everybody may write"));
    }

    /** Unpacked libraries have random numbers in their names; the same library is to be the same finding in the next life. */
    private static String subject(MappedCode mapped) {
        return unpacked(mapped) ? mapped.path().replaceAll("[0-9a-f-]{8,}|[0-9]{4,}", "*") : mapped.path();
    }

    static Stream<Sighting> outdated(JvmLook look) {
        String version = look.facts().java().version();
        if (version == null) {
            return Stream.empty();
        }
        return look.baseline().shortfall(version, look.at()).stream()
                .map(shortfall -> new Sighting("", severity(shortfall), "Java " + version + ": " + shortfall.words()));
    }

    private static Severity severity(Shortfall shortfall) {
        return shortfall.far() ? Severity.High : Severity.Medium;
    }

    static Stream<Sighting> vulnerable(JvmLook look) {
        return look.vulnerable().stream()
                .map(found -> new Sighting(
                        found.className(), found.severity(), found.meaning(), found.reference(), found.remedy()));
    }
}
