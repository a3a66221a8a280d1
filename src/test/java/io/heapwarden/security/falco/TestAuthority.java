package io.heapwarden.security.falco;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** An authority with certificates it has signed, made by the JDK's keytool; once for all tests, as that takes a second each. */
public final class TestAuthority {

    private static final String PASSWORD = "changeit";
    private static final int PKCS8_HEADER_OF_RSA_2048 = 26;

    private static final Path STORES = stores();
    private static final Set<String> MADE = new HashSet<>();

    private final Path directory;
    private final Path store;

    /** @param directory for the files of the certificates that are signed here */
    public TestAuthority(Path directory, String name) {
        this.directory = directory;
        this.store = STORES.resolve(name + ".p12");
        keytool("-genkeypair", "-alias", "ca", "-dname", "CN=" + name, "-keyalg", "EC", "-ext", "bc:critical=ca:true");
    }

    /** A new certificate for 127.0.0.1 and localhost, in files named after it. */
    public PemFiles sign(String name, String... options) {
        List<String> all = new ArrayList<>(List.of(
                "-genkeypair",
                "-alias",
                name,
                "-signer",
                "ca",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=ip:127.0.0.1,dns:localhost"));
        all.addAll(List.of(options));
        if (!all.contains("-keyalg")) {
            all.addAll(List.of("-keyalg", "EC"));
        }
        keytool(all.toArray(String[]::new));
        return write(name, name);
    }

    /** Puts a certificate where another one is, as the swap of a Secret does. */
    PemFiles write(String name, String as) {
        try (var in = Files.newInputStream(store)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, PASSWORD.toCharArray());
            Path certificate =
                    file(as, "crt", pem("CERTIFICATE", keys.getCertificate(name).getEncoded()));
            byte[] key = keys.getKey(name, PASSWORD.toCharArray()).getEncoded();
            Path keyFile = file(as, "key", pem("PRIVATE KEY", key));
            Path ca = file(
                    as, "ca.crt", pem("CERTIFICATE", keys.getCertificate("ca").getEncoded()));
            return new PemFiles(certificate, keyFile, ca);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Writes an RSA key as cert-manager does: PKCS#1, which is what PKCS#8 wraps. */
    static void toPkcs1(Path key) throws IOException {
        String text = Files.readString(key).replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
        byte[] whole = Base64.getDecoder().decode(text);
        byte[] inner = Arrays.copyOfRange(whole, PKCS8_HEADER_OF_RSA_2048, whole.length);
        Files.writeString(key, pem("RSA PRIVATE KEY", inner));
    }

    /** Puts the content of one file in the place of another's at once, as the kubelet does. */
    static void swap(Path from, Path to) throws IOException {
        Path copy = Files.copy(from, to.resolveSibling(to.getFileName() + ".new"), StandardCopyOption.REPLACE_EXISTING);
        Files.move(copy, to, StandardCopyOption.ATOMIC_MOVE);
    }

    private Path file(String name, String kind, String content) throws IOException {
        return Files.writeString(directory.resolve(name + "." + kind), content);
    }

    private static String pem(String kind, byte[] content) {
        return "-----BEGIN %s-----\n%s\n-----END %1$s-----\n"
                .formatted(
                        kind,
                        Base64.getMimeEncoder(64, "\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                                .encodeToString(content));
    }

    private void keytool(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
        if (!command.contains("-validity") && !command.contains("-startdate")) {
            command.addAll(List.of("-validity", "30"));
        }
        synchronized (MADE) {
            if (MADE.add(store + " " + command.get(command.indexOf("-alias") + 1))) {
                run(command);
            }
        }
    }

    private static void run(List<String> command) {
        Path log = STORES.resolve("keytool.log");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException(Files.readString(log));
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Path stores() {
        try {
            Path made = Files.createTempDirectory("heapwarden-keys");
            for (String name : new String[] {"", "keytool.log", "theirs.p12", "ours.p12"}) {
                made.resolve(name).toFile().deleteOnExit();
            }
            return made;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
