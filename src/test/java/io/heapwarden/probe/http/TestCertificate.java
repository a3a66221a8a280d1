package io.heapwarden.probe.http;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A certificate that has issued itself, made by keytool.
 *
 * @param context for a server that shows it
 * @param pem the certificate in a file
 */
public record TestCertificate(SSLContext context, Path pem) {

    private static final String PASSWORD = "changeit";

    /** Makes one for a name such as {@code ip:127.0.0.1}. */
    public static TestCertificate issue(Path directory, String file, String name) throws Exception {
        Path store = directory.resolve(file + ".p12");
        Path pem = directory.resolve(file + ".pem");
        keytool(
                store,
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + file,
                "-ext",
                "san=" + name,
                "-ext",
                "bc=ca:true",
                "-validity",
                "30");
        keytool(store, "-exportcert", "-rfc", "-file", pem.toString());
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return new TestCertificate(context, pem);
    }

    private static void keytool(Path store, String... arguments) throws Exception {
        List<String> command = Stream.concat(
                        Stream.of(Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString()),
                        Stream.concat(
                                Stream.of(arguments),
                                Stream.of(
                                        "-alias",
                                        "server",
                                        "-keystore",
                                        store.toString(),
                                        "-storetype",
                                        "PKCS12",
                                        "-storepass",
                                        PASSWORD)))
                .toList();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IllegalStateException(said);
        }
    }
}
