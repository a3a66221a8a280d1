package io.heapwarden.evidence.heapdump;

import com.exceptionfactory.jagged.framework.stream.StandardDecryptingChannelFactory;
import com.exceptionfactory.jagged.x25519.X25519KeyPairGenerator;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaReaderFactory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.List;

/** A pair of keys, as age-keygen makes them. */
record AgeIdentity(String recipient, String secret) {

    static AgeIdentity generate() {
        try {
            KeyPair pair = new X25519KeyPairGenerator().generateKeyPair();
            return new AgeIdentity(
                    pair.getPublic().toString(), pair.getPrivate().toString());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    byte[] decrypt(byte[] encrypted) throws IOException, GeneralSecurityException {
        try (InputStream in = Channels.newInputStream(new StandardDecryptingChannelFactory()
                .newDecryptingChannel(
                        Channels.newChannel(new ByteArrayInputStream(encrypted)),
                        List.of(X25519RecipientStanzaReaderFactory.newRecipientStanzaReader(secret))))) {
            return in.readAllBytes();
        }
    }
}
