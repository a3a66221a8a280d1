package io.heapwarden.evidence.heapdump;

import com.exceptionfactory.jagged.FileKey;
import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.exceptionfactory.jagged.framework.stream.StandardEncryptingChannelFactory;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaWriterFactory;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;

/**
 * Who can read what is encrypted: public keys of age (age-encryption.org/v1) of its native kind, X25519. Each of them alone opens a file with
 * {@code age --decrypt --identity KEYFILE}. Only public keys are here: Heapwarden cannot read what it stored.
 */
public final class AgeRecipients {

    /** A file holds its key once for each. */
    public static final int MOST = 20;

    /** Encrypts nothing. */
    public static final AgeRecipients NONE = new AgeRecipients(List.of());

    private static final String ACCEPTED =
            "an age recipient begins with age1 and is what age-keygen prints as 'public key', 62 characters in lower case";

    private final List<RecipientStanzaWriter> writers;

    private AgeRecipients(List<RecipientStanzaWriter> writers) {
        this.writers = List.copyOf(writers);
    }

    /**
     * Reads recipients as a policy lists them. Each is tried, so that one that is accepted here can be encrypted to.
     *
     * @param recipients each {@code age1...}; one that is there twice counts once
     * @throws IllegalArgumentException when there are none or too many, or one is of another kind or mistyped, with a sentence that says which and
     *     what is accepted. It never repeats a private key
     */
    public static AgeRecipients parse(List<String> recipients) {
        if (recipients.isEmpty()) {
            throw new IllegalArgumentException("no recipient is given to encrypt to: " + ACCEPTED);
        }
        if (recipients.size() > MOST) {
            throw new IllegalArgumentException(
                    recipients.size() + " recipients are more than the " + MOST + " there may be");
        }
        List<RecipientStanzaWriter> writers = new ArrayList<>();
        int number = 1;
        for (String recipient : new LinkedHashSet<>(recipients)) {
            writers.add(writer(recipient, "recipient " + number++));
        }
        return new AgeRecipients(writers);
    }

    /** Whether nothing is encrypted. */
    public boolean isEmpty() {
        return writers.isEmpty();
    }

    /** A stream that encrypts what is written to it; closing it ends the encrypted file and closes {@code out}. */
    OutputStream encrypting(OutputStream out) throws IOException, GeneralSecurityException {
        if (writers.isEmpty()) {
            return out;
        }
        return Channels.newOutputStream(
                new StandardEncryptingChannelFactory().newEncryptingChannel(Channels.newChannel(out), writers));
    }

    private static RecipientStanzaWriter writer(String recipient, String which) {
        String lowerCase = recipient.toLowerCase(Locale.ROOT);
        if (lowerCase.startsWith("age-secret-key-") || lowerCase.contains("private key")) {
            throw new IllegalArgumentException(which + " is a private key, which must not be given to anyone and has to"
                    + " be replaced now; " + ACCEPTED);
        }
        if (lowerCase.startsWith("ssh-") || lowerCase.startsWith("ecdsa-")) {
            throw new IllegalArgumentException(which + " is an SSH key, which is not supported: " + ACCEPTED);
        }
        if (lowerCase.startsWith("-----begin pgp") || lowerCase.matches("(0x)?[0-9a-f]{8,40}")) {
            throw new IllegalArgumentException(which + " is a key of OpenPGP, which is not supported: " + ACCEPTED);
        }
        // Keys of plug-ins and of newer kinds carry their kind before the last 1; the kind of X25519 is empty.
        if (lowerCase.startsWith("age1") && lowerCase.lastIndexOf('1') > 3) {
            throw new IllegalArgumentException(
                    which + " is a key of another kind than X25519, such as of a plug-in or a post-quantum one,"
                            + " which is not supported: " + ACCEPTED);
        }
        try {
            RecipientStanzaWriter writer = X25519RecipientStanzaWriterFactory.newRecipientStanzaWriter(recipient);
            writer.getRecipientStanzas(new FileKey());
            return writer;
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new IllegalArgumentException(
                    which + ", '" + shortened(recipient) + "', is not an age recipient or has a typing error: "
                            + ACCEPTED,
                    e);
        }
    }

    private static String shortened(String recipient) {
        String printable = recipient.replaceAll("\\p{Cntrl}", "?");
        return printable.length() <= 80 ? printable : printable.substring(0, 77) + "...";
    }
}
