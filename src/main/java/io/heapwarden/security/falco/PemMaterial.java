package io.heapwarden.security.falco;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import javax.net.ssl.KeyManager;
import javax.net.ssl.X509KeyManager;
import org.jspecify.annotations.Nullable;

/** Keys and certificates as they were in their files at one time; Vert.x reads the PEM. */
record PemMaterial(String certificate, String key, @Nullable String authorities) {

    /** Signs for the trial whether key and certificate belong together. */
    private static final byte[] TRIAL = "heapwarden".getBytes(StandardCharsets.UTF_8);

    PemKeyCertOptions keyCertificate() {
        return new PemKeyCertOptions().addCertValue(buffer(certificate)).addKeyValue(buffer(key));
    }

    @Nullable
    PemTrustOptions trust() {
        return authorities == null ? null : new PemTrustOptions().addCertValue(buffer(authorities));
    }

    /**
     * Tries whether this can be used at all.
     *
     * @throws GeneralSecurityException says what is wrong, without content of the files
     */
    void check(Vertx vertx, Instant now) throws GeneralSecurityException {
        X509KeyManager keys = keyManager(vertx);
        for (String type : new String[] {"RSA", "EC", "EdDSA", "Ed25519", "RSASSA-PSS"}) {
            String[] aliases = keys.getServerAliases(type, null);
            if (aliases != null && aliases.length > 0) {
                check(keys.getCertificateChain(aliases[0])[0], keys.getPrivateKey(aliases[0]), now);
                checkAuthorities(vertx);
                return;
            }
        }
        throw new GeneralSecurityException("the certificate's key is neither RSA nor EC nor Ed25519");
    }

    private X509KeyManager keyManager(Vertx vertx) throws GeneralSecurityException {
        try {
            for (KeyManager manager :
                    keyCertificate().getKeyManagerFactory(vertx).getKeyManagers()) {
                if (manager instanceof X509KeyManager x509) {
                    return x509;
                }
            }
        } catch (Exception e) {
            throw new GeneralSecurityException("certificate or key cannot be read: is it PEM, and not encrypted?", e);
        }
        throw new GeneralSecurityException("no certificate with a key");
    }

    private static void check(X509Certificate certificate, PrivateKey key, Instant now)
            throws GeneralSecurityException {
        certificate.checkValidity(Date.from(now));
        Signature signature = Signature.getInstance(
                switch (key.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> key.getAlgorithm();
                });
        signature.initSign(key);
        signature.update(TRIAL);
        byte[] signed = signature.sign();
        signature.initVerify(certificate.getPublicKey());
        signature.update(TRIAL);
        if (!signature.verify(signed)) {
            throw new GeneralSecurityException("the key does not belong to the certificate");
        }
    }

    private void checkAuthorities(Vertx vertx) throws GeneralSecurityException {
        PemTrustOptions trust = trust();
        if (trust == null) {
            return;
        }
        try {
            if (trust.getTrustManagerFactory(vertx).getTrustManagers().length == 0) {
                throw new GeneralSecurityException("the file of authorities has no certificate");
            }
        } catch (GeneralSecurityException e) {
            throw e;
        } catch (Exception e) {
            throw new GeneralSecurityException("the file of authorities cannot be read: is it PEM?", e);
        }
    }

    private static Buffer buffer(String text) {
        return Buffer.buffer(text, StandardCharsets.ISO_8859_1.name());
    }

    /** Holds a key: never printed. */
    @Override
    public String toString() {
        return "PemMaterial";
    }
}
