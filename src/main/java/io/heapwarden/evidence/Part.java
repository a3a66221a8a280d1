package io.heapwarden.evidence;

import java.util.Arrays;
import java.util.Optional;

/**
 * What a bundle is made of, in the order in which it is written. A part longer than its limit is cut at the end of a line and says so; the limits
 * are generous for real JVMs and keep a hostile one from filling the store.
 */
public enum Part {
    /** The verdict in words, as Markdown. */
    Verdict("verdict.md", "text/markdown", 256 << 10),
    /** The floor of what grows, its limit and when it is reached: a picture. */
    FloorPlot("floor.svg", "image/svg+xml", 512 << 10),
    /** The same floor as figures. */
    FloorTable("floor.tsv", "text/tab-separated-values", 256 << 10),
    /** What holds the growing objects, in words. */
    Chain("chain.txt", "text/plain", 1 << 20),
    /** By how much each class grew. */
    HistogramDifference("histogram-difference.tsv", "text/tab-separated-values", 8 << 20),
    /** Class histogram from before the growth. */
    HistogramBefore("histogram-before.txt", "text/plain", 8 << 20),
    /** Class histogram at the time of the verdict. */
    HistogramAfter("histogram-after.txt", "text/plain", 8 << 20),
    /** Thread dump. */
    Threads("threads.txt", "text/plain", 8 << 20),
    /** Class loaders. */
    ClassLoaders("class-loaders.txt", "text/plain", 4 << 20),
    /** The JVM's account of native memory. */
    NativeMemory("native-memory.txt", "text/plain", 64 << 10),
    /** Version, flags, command line and system properties, with secrets masked. */
    Jvm("jvm.txt", "text/plain", 512 << 10);

    private final String fileName;
    private final String mediaType;
    private final int limit;

    Part(String fileName, String mediaType, int limit) {
        this.fileName = fileName;
        this.mediaType = mediaType;
        this.limit = limit;
    }

    /** Name in the bundle. */
    public String fileName() {
        return fileName;
    }

    /** Media type as of RFC 6838. */
    public String mediaType() {
        return mediaType;
    }

    /** Most bytes kept. */
    public int limit() {
        return limit;
    }

    /** The part of this name in a bundle. */
    public static Optional<Part> named(String fileName) {
        return Arrays.stream(values())
                .filter(part -> part.fileName.equals(fileName))
                .findFirst();
    }
}
