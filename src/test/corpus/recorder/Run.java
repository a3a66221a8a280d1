import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One way to run a program: what the recorder needs to know, and all other {@code key=value} words for the program itself.
 *
 * @param trace name of the trace, without its ending
 * @param variant name of the run, and its words
 */
record Run(String trace, String variant, Map<String, String> words) {

    private static final List<String> RECORDERS = List.of(
            "jdk", "gc", "heap", "interval", "hist", "cgroup", "scale", "cut", "rising", "container", "direct", "metaspace", "pids", "opts", "nmt");

    static Run parse(String program, String line) {
        String[] parts = line.split("\\s+");
        Map<String, String> words = new LinkedHashMap<>();
        for (int i = 1; i < parts.length; i++) {
            int equals = parts[i].indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException(program + ": '" + parts[i] + "' in its run '" + parts[0] + "' is no key=value");
            }
            words.put(parts[i].substring(0, equals), parts[i].substring(equals + 1));
        }
        return new Run(program + "-" + parts[0], line, words);
    }

    int jdk() {
        return Integer.parseInt(words.getOrDefault("jdk", "25"));
    }

    String collector() {
        return words.getOrDefault("gc", "G1");
    }

    /** Milliseconds between two samples, in real time. */
    long intervalMillis() {
        return Long.parseLong(words.getOrDefault("interval", "500"));
    }

    /** How many seconds of the trace one real second stands for. */
    long timeScale() {
        return Long.parseLong(words.getOrDefault("scale", "1"));
    }

    /** {@code live/10}: a histogram of live objects with every tenth sample; {@code all/10}: with garbage; {@code none}. */
    String histograms() {
        return words.getOrDefault("hist", "live/10");
    }

    int histogramEvery() {
        String kind = histograms();
        return kind.equals("none") ? 0 : Integer.parseInt(kind.substring(kind.indexOf('/') + 1));
    }

    boolean liveHistograms() {
        return histograms().startsWith("live");
    }

    /** Share of the way to exhaustion at which the trace of a leak ends: as declared, else by the name, between 0.55 and 1. */
    double cut() {
        String cut = words.get("cut");
        return cut == null ? 0.55 + Math.floorMod(trace.hashCode() * 31, 46) / 100.0 : Double.parseDouble(cut);
    }

    boolean rising() {
        return words.containsKey("rising");
    }

    int seconds() {
        return Integer.parseInt(words.getOrDefault("seconds", "150"));
    }

    Long bytes(String key) {
        String text = words.get(key);
        if (text == null) {
            return null;
        }
        long number = Long.parseLong(text.replaceAll("[kmg]$", ""));
        return text.endsWith("g") ? number << 30 : text.endsWith("m") ? number << 20 : text.endsWith("k") ? number << 10 : number;
    }

    List<String> jvmOptions() {
        List<String> options = new ArrayList<>();
        options.add("-Xmx" + words.getOrDefault("heap", "64m"));
        options.add("-XX:+Use" + (collector().equals("ZGC") ? "Z" : collector()) + "GC");
        if (collector().equals("ZGC") && jdk() == 21) {
            options.add("-XX:+ZGenerational");
        }
        options.add("-XX:+ExitOnOutOfMemoryError");
        if (words.containsKey("direct")) {
            options.add("-XX:MaxDirectMemorySize=" + words.get("direct"));
        }
        if (words.containsKey("metaspace")) {
            options.add("-XX:MaxMetaspaceSize=" + words.get("metaspace"));
        }
        if (words.containsKey("nmt")) {
            options.add("-XX:NativeMemoryTracking=summary");
        }
        if (words.containsKey("opts")) {
            options.addAll(List.of(words.get("opts").split(";")));
        }
        return options;
    }

    List<String> arguments(boolean leak) {
        List<String> arguments = new ArrayList<>();
        words.forEach((key, value) -> {
            if (!RECORDERS.contains(key) && !key.equals("seconds")) {
                arguments.add(key + "=" + value);
            }
        });
        arguments.add("seconds=" + (leak ? 1_000 : seconds() + 5));
        return arguments;
    }
}
