package io.heapwarden.jvm;

import java.util.Locale;

/** The garbage collectors of HotSpot. The constants are spelled as they appear in reports and traces. */
public enum Collector {
    G1,
    Serial,
    Parallel,
    CMS,
    ZGC,
    Shenandoah,
    Epsilon,
    Unknown;

    /** The collector that people call so, be it by its short name, as its option ({@code UseG1GC}) or as a framework does; never fails. */
    public static Collector named(String name) {
        String plain = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        String word = plain.replaceFirst("^(xx)?(use)?", "").replaceFirst("gc$", "");
        return switch (word) {
            case "g1", "garbagefirst", "garbagefirstgarbagecollector" -> G1;
            case "serial", "copymsc", "marksweepcompact" -> Serial;
            case "parallel", "parallelold", "ps", "psscavenge", "psmarksweep" -> Parallel;
            case "cms", "concmarksweep", "concurrentmarksweep", "parnew" -> CMS;
            case "z", "generationalz", "zgenerational", "zgarbagecollector" -> ZGC;
            case "shenandoah", "generationalshenandoah" -> Shenandoah;
            case "epsilon", "noop" -> Epsilon;
            default -> Unknown;
        };
    }
}
