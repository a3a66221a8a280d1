package io.heapwarden.evidence;

import io.heapwarden.evidence.Manifest.Entry;
import io.heapwarden.evidence.UnreadableBundleException.Reason;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a bundle and trusts nothing in it. Nothing is ever written under a name of its own; no more is unpacked than the manifest announces and the
 * limits allow, so that a bomb costs one part's length; and a part counts only when its digest is that of the manifest. What is damaged is said, and
 * the rest is still there: half a bundle is better than none when the pod is gone.
 */
public final class BundleReader {

    /** Most entries of a bundle. */
    static final int MAX_ENTRIES = 64;

    /** Longest part whose name is not known here; of a known one its own limit counts. */
    static final int MAX_PART = 16 << 20;

    /** Most bytes that all parts together may unpack to. */
    static final long MAX_TOTAL = 96L << 20;

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{0,63}");

    private final Map<String, Entry> announced = new HashMap<>();
    private final Map<String, byte[]> parts = new LinkedHashMap<>();
    private final Set<String> seen = new HashSet<>();
    private final List<String> damage = new ArrayList<>();
    private long total;

    private BundleReader() {}

    /**
     * Reads a file.
     *
     * @throws UnreadableBundleException when it is no bundle, its manifest is lost, or a later version wrote it
     * @throws IOException when the file cannot be read
     */
    public static ReadBundle read(Path file) throws IOException, UnreadableBundleException {
        try (InputStream in = Files.newInputStream(file)) {
            return read(in);
        }
    }

    /**
     * Reads a stream, which is left open.
     *
     * @throws UnreadableBundleException when it is no bundle, its manifest is lost, or a later version wrote it
     * @throws IOException when the stream cannot be read
     */
    public static ReadBundle read(InputStream in) throws IOException, UnreadableBundleException {
        return new BundleReader().readAll(new ZipInputStream(new BufferedInputStream(in)));
    }

    private ReadBundle readAll(ZipInputStream zip) throws IOException, UnreadableBundleException {
        Manifest manifest = manifest(zip);
        if (manifest.parts().size() > MAX_ENTRIES) {
            throw new UnreadableBundleException(
                    Reason.Damaged,
                    "its manifest lists " + manifest.parts().size() + " parts, more than the " + MAX_ENTRIES
                            + " a bundle can have");
        }
        for (Entry entry : manifest.parts()) {
            if (!NAME.matcher(entry.name()).matches() || announced.put(entry.name(), entry) != null) {
                throw new UnreadableBundleException(
                        Reason.Damaged,
                        "its manifest lists a part \"" + Printable.line(entry.name())
                                + "\", which is no name of a part or is there twice");
            }
        }
        try {
            while (readPart(zip)) {
                // one after another, to the end of the file
            }
        } catch (EOFException | ZipException e) {
            damage.add("the file ends early or is damaged in the middle; download it again if it came from a store");
        }
        manifest.parts().stream()
                .map(Entry::name)
                .filter(name -> !parts.containsKey(name))
                .filter(name -> damage.stream().noneMatch(said -> said.startsWith(name + " ")))
                .forEach(name -> damage.add(name + " is announced but not in the file"));
        return new ReadBundle(manifest, parts, damage);
    }

    private static Manifest manifest(ZipInputStream zip) throws IOException, UnreadableBundleException {
        try {
            ZipEntry first = zip.getNextEntry();
            if (first == null) {
                throw new UnreadableBundleException(
                        Reason.NotABundle,
                        "it is no evidence bundle: it is no ZIP file. Bundles are the files named *.evidence.zip in the store");
            }
            if (!first.getName().equals(Bundle.MANIFEST)) {
                throw new UnreadableBundleException(
                        Reason.NotABundle,
                        "it is no evidence bundle: a bundle is a ZIP file that begins with " + Bundle.MANIFEST);
            }
            byte[] text = zip.readNBytes(ManifestCodec.LIMIT + 1);
            if (text.length > ManifestCodec.LIMIT) {
                throw new UnreadableBundleException(
                        Reason.Damaged,
                        "its manifest.json is longer than the " + ManifestCodec.LIMIT + " bytes allowed");
            }
            return ManifestCodec.read(text);
        } catch (EOFException | ZipException | IllegalArgumentException e) {
            throw new UnreadableBundleException(
                    Reason.Damaged,
                    "it is damaged before its manifest.json ends; download it again if it came from a store");
        }
    }

    /** @return whether there may be more */
    private boolean readPart(ZipInputStream zip) throws IOException {
        ZipEntry next;
        try {
            next = zip.getNextEntry();
        } catch (IllegalArgumentException badName) {
            damage.add("the file has an entry whose name is no text; what comes after it was not read");
            return false;
        }
        if (next == null) {
            return false;
        }
        Entry entry = announced.get(next.getName());
        if (entry == null || !seen.add(entry.name())) {
            damage.add("the file has an entry \"" + Printable.line(next.getName())
                    + "\" that is not announced or is there twice; what comes after it was not read");
            return false;
        }
        String tooLong = tooLong(entry);
        if (tooLong != null) {
            damage.add(entry.name() + " " + tooLong + "; what comes after it was not read");
            return false;
        }
        // One byte more than announced, to see whether there is one; never closed early, which would unpack the rest of
        // it.
        byte[] bytes = zip.readNBytes((int) entry.bytes() + 1);
        if (bytes.length > entry.bytes()) {
            damage.add(entry.name() + " is longer than announced; what comes after it was not read");
            return false;
        }
        total += bytes.length;
        if (bytes.length == entry.bytes() && Digest.of(bytes).equals(entry.sha256())) {
            parts.put(entry.name(), bytes);
        } else {
            damage.add(entry.name() + " is not what was written: its length or digest differs from the manifest");
        }
        return true;
    }

    private @Nullable String tooLong(Entry entry) {
        int limit = Part.named(entry.name()).map(Part::limit).orElse(MAX_PART);
        return entry.bytes() < 0 || entry.bytes() > limit
                ? "is announced with " + entry.bytes() + " bytes, and " + limit + " are allowed"
                : total + entry.bytes() > MAX_TOTAL ? "is more than all parts together may be" : null;
    }
}
