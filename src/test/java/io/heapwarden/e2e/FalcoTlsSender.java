package io.heapwarden.e2e;

import static io.heapwarden.e2e.TestCluster.CLIENT;

import io.heapwarden.security.falco.PemFiles;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends events to the receiver in the cluster as Falco does with ca_cert, client_cert and client_key: by its name, which the certificate has to have, with a
 * handshake for each.
 *
 * @param trusted whose authority is trusted
 * @param own what the sender shows of itself; null: nothing
 */
record FalcoTlsSender(PemFiles trusted, @Nullable PemFiles own) {

    /** As Falco's url has it. */
    static final String HOST = "heapwarden-falco." + HeapwardenRelease.NAMESPACE;

    private static final int PORT = 2802;
    private static final int SECONDS = 10;

    /**
     * Sends one event and gives the status.
     *
     * @throws ExecutionException when there was no answer; its cause says why
     */
    int send(String json) throws ExecutionException {
        Vertx vertx = Vertx.vertx();
        try {
            HttpClient client = vertx.createHttpClient(options());
            RequestOptions request = new RequestOptions()
                    .setServer(SocketAddress.inetSocketAddress(PORT, address()))
                    .setHost(HOST)
                    .setPort(PORT)
                    .setMethod(HttpMethod.POST)
                    .setURI("/falco")
                    .putHeader("Content-Type", "application/json");
            return client.request(request)
                    .compose(ready -> ready.send(json))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(SECONDS, TimeUnit.SECONDS)
                    .statusCode();
        } catch (InterruptedException | java.util.concurrent.TimeoutException failure) {
            throw new IllegalStateException("the receiver does not answer", failure);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    private HttpClientOptions options() {
        HttpClientOptions options = new HttpClientOptions()
                .setSsl(true)
                .setKeepAlive(false)
                .setTrustOptions(
                        new PemTrustOptions().addCertPath(trusted.authorities().toString()));
        return own == null
                ? options
                : options.setKeyCertOptions(new PemKeyCertOptions()
                        .addCertPath(own.certificate().toString())
                        .addKeyPath(own.key().toString()));
    }

    /** No name of the cluster is known on the machine of the test. */
    private static String address() {
        return CLIENT.services()
                .inNamespace(HeapwardenRelease.NAMESPACE)
                .withName("heapwarden-falco")
                .get()
                .getSpec()
                .getClusterIP();
    }
}
