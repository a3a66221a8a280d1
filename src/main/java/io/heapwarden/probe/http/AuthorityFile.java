package io.heapwarden.probe.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Accepts certificates that an authority in a PEM file has issued, read anew when the file has changed: a cluster rotates its authority while we
 * run. Safe for use by many threads.
 */
public final class AuthorityFile extends X509ExtendedTrustManager {

    private record Loaded(FileTime modified, X509ExtendedTrustManager trust) {}

    private final Path file;
    private final boolean checksNames;
    private volatile @Nullable Loaded loaded;

    /**
     * @param file certificates of authorities, in PEM
     * @param checksNames whether a certificate must be for the host that was asked, too
     */
    public AuthorityFile(Path file, boolean checksNames) {
        this.file = file;
        this.checksNames = checksNames;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        if (checksNames) {
            current().checkServerTrusted(chain, authType, engine);
        } else {
            current().checkServerTrusted(chain, authType);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        if (checksNames) {
            current().checkServerTrusted(chain, authType, socket);
        } else {
            current().checkServerTrusted(chain, authType);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        current().checkServerTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw new CertificateException("clients are not expected");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("clients are not expected");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("clients are not expected");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }

    private X509ExtendedTrustManager current() throws CertificateException {
        try {
            FileTime modified = Files.getLastModifiedTime(file);
            Loaded before = loaded;
            if (before != null && before.modified().equals(modified)) {
                return before.trust();
            }
            X509ExtendedTrustManager trust = load();
            loaded = new Loaded(modified, trust);
            return trust;
        } catch (IOException | GeneralSecurityException unreadable) {
            throw new CertificateException("no authorities can be read from " + file, unreadable);
        }
    }

    private X509ExtendedTrustManager load() throws IOException, GeneralSecurityException {
        KeyStore authorities = KeyStore.getInstance(KeyStore.getDefaultType());
        authorities.load(null, null);
        try (InputStream in = Files.newInputStream(file)) {
            int index = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                authorities.setCertificateEntry("authority-" + index++, certificate);
            }
        }
        if (authorities.size() == 0) {
            throw new CertificateException("no certificate in " + file);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(authorities);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509ExtendedTrustManager trust) {
                return trust;
            }
        }
        throw new CertificateException("this JDK checks no X.509 certificates");
    }
}
