package io.heapwarden.evaluation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The corpus has a part that the engine is tuned on and a part that is reported. All traces of one program are in the same part, which the
 * program's name alone decides, so that nobody chooses.
 */
enum Part {
    Tune,
    Report;

    /** Even first byte of the SHA-256 of the name: tuned on; odd: reported. */
    static Part of(String program) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(program.getBytes(StandardCharsets.UTF_8));
            return digest[0] % 2 == 0 ? Tune : Report;
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
