package io.heapwarden.probe;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * A file in a container that a JVM was told to write, as the container sees it. Its name begins with {@code heapwarden-}, so that nothing else is ever read or
 * removed; file.sh looks at that once more.
 *
 * @param path from the root, of letters, digits and {@code . _ -}, straight down
 */
public record ContainerFile(String path) {

    private static final int LONGEST = 200;
    private static final String PREFIX = "heapwarden-";

    /** A directory: no step to itself or upwards, and no empty one. */
    private static final String STEPS = "(?:/(?!\\.{1,2}(?:/|$))[A-Za-z0-9._-]+)";

    private static final Pattern DIRECTORY = Pattern.compile(STEPS + "+");
    private static final Pattern FILE = Pattern.compile(STEPS + "*/" + PREFIX + "[A-Za-z0-9._-]+");
    private static final Pattern HEAP_DUMP = Pattern.compile(".*/" + PREFIX + "[0-9]+\\.hprof");

    /** @throws IllegalArgumentException when it is not of the form */
    public ContainerFile {
        if (!fits(path)) {
            throw new IllegalArgumentException(
                    "a file of Heapwarden's has an absolute path of letters, digits and ._- and a name that begins with heapwarden-, not "
                            + Frame.shortened(path));
        }
    }

    /**
     * The file for a container's heap dump: always the same for it, so that one that was left by a transfer that was cut is found again, and another one for
     * each container that has the directory in common with it.
     *
     * @throws IllegalArgumentException when the directory is not of the form
     */
    public static ContainerFile heapDump(String directory, Target target) {
        return new ContainerFile(directory(directory) + "/" + PREFIX + number(target) + ".hprof");
    }

    /** The file for a container's flight recording. */
    public static ContainerFile recording(String directory, Target target) {
        return new ContainerFile(directory(directory) + "/" + PREFIX + "chains-" + number(target) + ".jfr");
    }

    /** A directory's path, when it is of the form. */
    static String directory(String path) {
        if (path.length() > LONGEST || !DIRECTORY.matcher(path).matches()) {
            throw new IllegalArgumentException(
                    "a directory for Heapwarden's files is an absolute path of letters, digits and ._- without an end slash, not "
                            + Frame.shortened(path));
        }
        return path;
    }

    static boolean fits(String path) {
        return path.length() <= LONGEST && FILE.matcher(path).matches();
    }

    boolean isHeapDump() {
        return HEAP_DUMP.matcher(path).matches();
    }

    private static long number(Target target) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(target.toString().getBytes(StandardCharsets.UTF_8));
            // 60 bits: never negative.
            return Long.parseLong(HexFormat.of().formatHex(digest).substring(0, 15), 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
