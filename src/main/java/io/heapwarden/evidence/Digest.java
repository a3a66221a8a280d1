package io.heapwarden.evidence;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256, in lower-case hexadecimal. */
public final class Digest {

    private Digest() {}

    /** The digest of bytes that are all there. */
    public static String of(byte[] bytes) {
        return hex(sha256().digest(bytes));
    }

    /** A digest to be fed. */
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    /** A finished digest as text. */
    public static String hex(byte[] digest) {
        return HexFormat.of().formatHex(digest);
    }
}
