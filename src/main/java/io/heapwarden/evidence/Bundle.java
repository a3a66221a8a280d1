package io.heapwarden.evidence;

import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/** A bundle that is complete and can be written. The same bundle gives the same bytes on the same version of the JDK. */
public final class Bundle {

    /** Name of the entry that comes first. */
    public static final String MANIFEST = "manifest.json";

    /** Of every entry, whatever the time zone: at the earliest that a ZIP file can say, Java adds a second time that depends on it. Real times are in the manifest. */
    private static final LocalDateTime ENTRY_TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    private final Manifest manifest;
    private final Map<String, byte[]> parts;

    /** @param parts by file name, in the manifest's order */
    Bundle(Manifest manifest, Map<String, byte[]> parts) {
        this.manifest = manifest;
        this.parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
    }

    public Manifest manifest() {
        return manifest;
    }

    /** Bytes of a part; null when it is not there. */
    public byte @Nullable [] part(Part part) {
        byte[] bytes = parts.get(part.fileName());
        return bytes == null ? null : bytes.clone();
    }

    /** Writes the ZIP file; the stream is left open. */
    public void writeTo(OutputStream out) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out);
        write(zip, MANIFEST, ManifestCodec.write(manifest));
        for (Map.Entry<String, byte[]> part : parts.entrySet()) {
            write(zip, part.getKey(), part.getValue());
        }
        zip.finish();
        zip.flush();
    }

    private static void write(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(ENTRY_TIME);
        zip.putNextEntry(entry);
        zip.write(bytes);
        zip.closeEntry();
    }
}
