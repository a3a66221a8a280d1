package io.heapwarden.telemetry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A committed page that has to be what the code makes; written anew with {@code -Dheapwarden.generate=true}. */
public final class GeneratedPage {

    private GeneratedPage() {}

    /** What stands on the page now. */
    public static String committed(Path page, String rendered) throws IOException {
        if (Boolean.getBoolean("heapwarden.generate")) {
            Files.createDirectories(page.getParent());
            Files.writeString(page, rendered);
        }
        return Files.readString(page);
    }
}
