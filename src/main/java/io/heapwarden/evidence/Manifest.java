package io.heapwarden.evidence;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is in a bundle, and what is not and why.
 *
 * @param schema version of the format; {@value #SCHEMA} is written
 * @param subject whose evidence it is
 * @param policy namespace and name of the policy that asked for it
 * @param collectedAt when it was taken
 * @param judgement why
 * @param parts what is there, in the order of the file
 * @param missing what could not be had
 * @param attachments what was stored beside the bundle, being too large for it
 */
public record Manifest(
        int schema,
        Subject subject,
        String policy,
        Instant collectedAt,
        Judgement judgement,
        List<Entry> parts,
        List<Missing> missing,
        List<Attachment> attachments) {

    /** The version that is written. Fields are added without raising it; a reader refuses a higher one. */
    public static final int SCHEMA = 1;

    public Manifest {
        Objects.requireNonNull(subject, "the manifest has no subject");
        Objects.requireNonNull(policy, "the manifest has no policy");
        Objects.requireNonNull(collectedAt, "the manifest has no collectedAt");
        Objects.requireNonNull(judgement, "the manifest has no judgement");
        parts = Lists.copy(parts);
        missing = Lists.copy(missing);
        attachments = Lists.copy(attachments);
    }

    /**
     * A part that is there.
     *
     * @param name file name in the bundle
     * @param mediaType what it is
     * @param bytes its length
     * @param sha256 digest of its bytes, in lower-case hexadecimal
     * @param takenAt when the JVM was asked
     * @param cutFrom its length before it was cut to its limit; null when it is whole
     */
    public record Entry(
            String name, String mediaType, long bytes, String sha256, Instant takenAt, @Nullable Long cutFrom) {

        public Entry {
            Objects.requireNonNull(name, "a part has no name");
            Objects.requireNonNull(mediaType, "a part has no mediaType");
            Objects.requireNonNull(sha256, "a part has no sha256");
            Objects.requireNonNull(takenAt, "a part has no takenAt");
        }
    }

    /**
     * A part that could not be had.
     *
     * @param name file name it would have
     * @param reason one word, such as a refusal or failure of docs/probing.md, or {@code NotAsked}
     * @param detail a sentence: why, and what to do to have it the next time
     */
    public record Missing(String name, String reason, String detail) {

        public Missing {
            Objects.requireNonNull(name, "a missing part has no name");
            Objects.requireNonNull(reason, "a missing part has no reason");
            Objects.requireNonNull(detail, "a missing part has no detail");
        }
    }

    /**
     * What was stored beside the bundle, such as a heap dump.
     *
     * @param name what it is, in a word or two
     * @param location where it is: a path or an address
     * @param bytes its length
     * @param sha256 digest of its bytes
     * @param takenAt when it was taken
     */
    public record Attachment(String name, String location, long bytes, String sha256, Instant takenAt) {

        public Attachment {
            Objects.requireNonNull(name, "an attachment has no name");
            Objects.requireNonNull(location, "an attachment has no location");
            Objects.requireNonNull(sha256, "an attachment has no sha256");
            Objects.requireNonNull(takenAt, "an attachment has no takenAt");
        }
    }
}
