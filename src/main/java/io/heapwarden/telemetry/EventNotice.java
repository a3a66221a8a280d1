package io.heapwarden.telemetry;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/** One thing to be said on an object. What is said under one key is one Event, whatever its message. */
record EventNotice(EventSubject subject, EventReason reason, String key, String message, Instant at) {

    private static final int LONGEST_NAME = 253;
    private static final int HASH_BYTES = 8;

    /**
     * The Event's name: that of the object and a hash of what it says, so that every operator that says the same thing
     * again finds the same Event and counts it up. The API server allows 253 characters that end in a letter or digit.
     */
    String name() {
        String hash = HexFormat.of().formatHex(digest(), 0, HASH_BYTES);
        int room = LONGEST_NAME - hash.length() - 1;
        String object = subject.name();
        String head =
                object.length() <= room ? object : object.substring(0, room).replaceAll("[^a-z0-9]+$", "");
        return head + "." + hash;
    }

    private byte[] digest() {
        try {
            String said = String.join("\0", reason.name(), key, subject.uid());
            return MessageDigest.getInstance("SHA-256").digest(said.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
