package io.heapwarden.security.falco;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What senders of events prove with that they may. One, or while they are moved from the old to the new one two. Kept as digests: these have one length, so
 * that comparing them takes the same time whatever was sent.
 */
public final class SenderTokens {

    /** How many may be valid at a time. */
    public static final int MOST = 2;

    /** Can be put into a path as it is, and is too long to be guessed. */
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{16,128}");

    private final List<byte[]> digests;

    private SenderTokens(List<byte[]> digests) {
        this.digests = digests;
    }

    /**
     * Reads tokens that white space separates.
     *
     * @throws IllegalArgumentException when there is none, or more than {@value #MOST}, or one that cannot be used
     */
    public static SenderTokens parse(String text) {
        // Of nothing it is one empty word.
        List<String> tokens = List.of(text.strip().split("\\s+"));
        if (tokens.size() > MOST
                || !tokens.stream().allMatch(token -> TOKEN.matcher(token).matches())) {
            throw new IllegalArgumentException("the token of the Falco receiver must have 16 to 128 of A-Z, a-z, 0-9, _"
                    + " and -; there may be two, the new one and the old one, with a line break between them");
        }
        return new SenderTokens(tokens.stream().map(SenderTokens::digest).toList());
    }

    boolean accept(String given) {
        byte[] digest = digest(given);
        boolean known = false;
        for (byte[] token : digests) {
            known |= MessageDigest.isEqual(token, digest);
        }
        return known;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SenderTokens tokens
                && digests.size() == tokens.digests.size()
                && Arrays.deepEquals(digests.toArray(), tokens.digests.toArray());
    }

    @Override
    public int hashCode() {
        return Arrays.deepHashCode(digests.toArray());
    }

    /** Secrets are not printed. */
    @Override
    public String toString() {
        return "SenderTokens[" + digests.size() + "]";
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
