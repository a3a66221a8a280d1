package io.heapwarden.probe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The JDKs of this machine, one for each feature version: the one of JAVA_HOME, and what is under /usr/lib/jvm. */
public final class JavaHomes {

    private JavaHomes() {}

    public static Stream<Path> all() {
        Map<String, Path> homes = new TreeMap<>();
        Stream.concat(
                        Stream.of(System.getenv("JAVA_HOME"), System.getProperty("java.home"))
                                .filter(Objects::nonNull)
                                .map(Path::of),
                        installed())
                .filter(home -> Files.isExecutable(home.resolve("bin/jcmd")))
                .forEach(home -> homes.putIfAbsent(featureVersion(home), home));
        if (homes.isEmpty()) {
            throw new IllegalStateException("no JDK found in JAVA_HOME or under /usr/lib/jvm");
        }
        return homes.values().stream();
    }

    /**
     * Those, and the ones that {@code src/test/scripts/jdks.sh} made of Debian's packages, of versions that may be too old to run what most tests
     * start.
     */
    public static Stream<Path> withOldOnes() {
        String cache = System.getenv().getOrDefault("XDG_CACHE_HOME", System.getProperty("user.home") + "/.cache");
        Map<String, Path> homes = new TreeMap<>();
        Stream.concat(all(), under(Path.of(cache, "heapwarden", "jdks")))
                .filter(home -> Files.isExecutable(home.resolve("bin/jcmd")))
                .forEach(home -> homes.putIfAbsent(featureVersion(home), home));
        return homes.values().stream();
    }

    public static Path any() {
        return all().findFirst().orElseThrow();
    }

    private static Stream<Path> installed() {
        return under(Path.of("/usr/lib/jvm"));
    }

    private static Stream<Path> under(Path directory) {
        if (!Files.isDirectory(directory)) {
            return Stream.empty();
        }
        try (Stream<Path> homes = Files.list(directory)) {
            return homes.sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Such as 8 or 21. */
    public static String featureVersion(Path home) {
        try {
            return Files.readAllLines(home.resolve("release")).stream()
                    .filter(line -> line.startsWith("JAVA_VERSION="))
                    .map(line -> line.replaceAll("\\D*(?:1\\.)?(\\d+).*", "$1"))
                    .findFirst()
                    .orElse(home.toString());
        } catch (IOException e) {
            return home.toString();
        }
    }
}
