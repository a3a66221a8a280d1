import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One program of the corpus, and what its header comment declares of it: lines of {@code * key: value} for kind, verdicts, culprits, signal,
 * jdk and any number of runs. README.md has the meaning of each.
 *
 * @param jdk the least feature version that it needs
 */
record Program(
        Path source, String name, String kind, List<String> verdicts, List<String> culprits, String signal, int jdk, List<Run> runs) {

    private static final List<String> KINDS = List.of("leak", "lookalike", "other");

    static Program read(Path source) throws IOException {
        String name = source.getFileName().toString().replace(".java", "");
        Map<String, List<String>> header = new LinkedHashMap<>();
        for (String line : Files.readAllLines(source)) {
            if (line.startsWith(" */")) {
                break;
            }
            int colon = line.indexOf(": ");
            if (line.startsWith(" * ") && colon > 0 && line.substring(3, colon).matches("[a-z]+")) {
                header.computeIfAbsent(line.substring(3, colon), key -> new ArrayList<>()).add(line.substring(colon + 2).strip());
            }
        }
        String kind = one(source, header, "kind");
        if (!KINDS.contains(kind)) {
            throw new IOException(source + ": kind is '" + kind + "'; say one of " + KINDS);
        }
        List<Run> runs = new ArrayList<>();
        for (String run : header.getOrDefault("run", List.of())) {
            runs.add(Run.parse(name, run));
        }
        if (runs.isEmpty()) {
            throw new IOException(source + ": has no line ' * run: NAME key=value ...' in its header");
        }
        return new Program(
                source,
                name,
                kind,
                words(one(source, header, "verdicts")),
                words(String.join(" ", header.getOrDefault("culprits", List.of()))),
                one(source, header, "signal"),
                Integer.parseInt(header.getOrDefault("jdk", List.of("17")).get(0)),
                runs);
    }

    boolean leaks() {
        return kind.equals("leak");
    }

    /** The class with the main method: the package is the name in small letters. */
    String mainClass() {
        return "corpus." + name.toLowerCase(java.util.Locale.ROOT) + "." + name;
    }

    private static String one(Path source, Map<String, List<String>> header, String key) throws IOException {
        List<String> values = header.get(key);
        if (values == null || values.size() != 1) {
            throw new IOException(source + ": its header needs exactly one line ' * " + key + ": ...'");
        }
        return values.get(0);
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.split("[,\\s]+")).filter(word -> !word.isEmpty()).toList();
    }
}
