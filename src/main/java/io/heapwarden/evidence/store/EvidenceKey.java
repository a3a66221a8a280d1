package io.heapwarden.evidence.store;

import io.heapwarden.evidence.Subject;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a file is kept, the same in every store: {@code namespace/workload/20261126T021500Z-pod-uid8.evidence.zip}. The name says all that retention
 * has to know, and each piece of it is safe as the name of a file.
 *
 * @param namespace of the pod
 * @param workload kind and name in lower case, such as {@code deployment-shop}; the pod's name when nothing made it
 * @param takenAt to the second
 * @param pod its name
 * @param uid first eight characters of the pod's uid
 * @param file what kind of file it is
 */
public record EvidenceKey(
        String namespace, String workload, Instant takenAt, String pod, String uid, EvidenceFile file) {

    private static final int UID_CHARACTERS = 8;
    private static final int LONGEST = 200;
    private static final Pattern SAFE = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,198}[a-z0-9])?");
    private static final Pattern PATH = Pattern.compile(
            "([a-z0-9.-]{1,200})/([a-z0-9.-]{1,200})/(\\d{8}T\\d{6}Z)-([a-z0-9.-]{1,200})-([0-9a-z]{8})\\.([a-z]{1,16}\\.[a-z.]{1,16})");
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /**
     * Checks each piece.
     *
     * @throws IllegalArgumentException when one could not be the name of a file; the message says which
     */
    public EvidenceKey {
        takenAt = takenAt.truncatedTo(ChronoUnit.SECONDS);
        safe("namespace", namespace);
        safe("workload", workload);
        safe("pod", pod);
        if (!uid.matches("[0-9a-z]{8}")) {
            throw new IllegalArgumentException("the uid \"" + uid + "\" is not eight letters or digits");
        }
    }

    /** The key of a pod's evidence. */
    public static EvidenceKey of(Subject subject, Instant takenAt, EvidenceFile file) {
        String maker = subject.workload() == null ? subject.pod() : subject.workload();
        String workload = maker.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.-]", "-");
        String uid = subject.uid().toLowerCase(Locale.ROOT).replaceAll("[^0-9a-z]", "");
        return new EvidenceKey(
                subject.namespace(),
                workload.length() > LONGEST ? workload.substring(0, LONGEST) : workload,
                takenAt,
                subject.pod(),
                (uid + "00000000").substring(0, UID_CHARACTERS),
                file);
    }

    private static void safe(String what, String name) {
        if (!SAFE.matcher(name).matches() || name.contains("..")) {
            throw new IllegalArgumentException("the " + what + " \"" + name
                    + "\" cannot be part of a file name: lower-case letters, digits, dots and hyphens, 200 at most");
        }
    }

    /** Path below the store's root, with slashes. */
    public String path() {
        return collection() + "." + file.suffix();
    }

    /** What all files of one taking have in common; they are kept or deleted together. */
    public String collection() {
        return owner() + "/" + STAMP.format(takenAt) + "-" + pod + "-" + uid;
    }

    /** Whose evidence it is: namespace and workload. */
    public String owner() {
        return namespace + "/" + workload;
    }

    /** Reads a path; empty for what no store of Heapwarden has written, which is left alone. */
    public static Optional<EvidenceKey> parse(String path) {
        Matcher found = PATH.matcher(path);
        if (!found.matches()) {
            return Optional.empty();
        }
        try {
            Instant takenAt = Instant.from(STAMP.parse(found.group(3)));
            return EvidenceFile.ofSuffix(found.group(6))
                    .map(file -> new EvidenceKey(
                            found.group(1), found.group(2), takenAt, found.group(4), found.group(5), file));
        } catch (DateTimeException | IllegalArgumentException foreign) {
            return Optional.empty();
        }
    }
}
