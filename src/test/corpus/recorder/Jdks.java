import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The JDKs of this machine, by feature version: CORPUS_JDK_17 and the like in the environment, else those in /usr/lib/jvm. */
final class Jdks {

    private static final Map<Integer, Path> HOMES = new ConcurrentHashMap<>();

    private Jdks() {}

    static Path home(int version) throws IOException {
        Path known = HOMES.get(version);
        if (known == null) {
            known = find(version);
            HOMES.put(version, known);
        }
        return known;
    }

    private static Path find(int version) throws IOException {
        String set = System.getenv("CORPUS_JDK_" + version);
        if (set != null) {
            return Path.of(set);
        }
        try (Stream<Path> homes = Files.list(Path.of("/usr/lib/jvm"))) {
            for (Path home : homes.sorted().toList()) {
                if (Files.isExecutable(home.resolve("bin/java")) && versionOf(home).equals(Integer.toString(version))) {
                    return home;
                }
            }
        }
        throw new IOException("No JDK " + version + " in /usr/lib/jvm: install one, or set CORPUS_JDK_" + version + " to its home");
    }

    private static String versionOf(Path home) throws IOException {
        Path release = home.resolve("release");
        List<String> lines = Files.isReadable(release) ? Files.readAllLines(release) : List.of();
        return lines.stream()
                .filter(line -> line.startsWith("JAVA_VERSION="))
                .map(line -> line.replaceAll("JAVA_VERSION=\"(\\d+).*", "$1"))
                .findFirst()
                .orElse("");
    }
}
