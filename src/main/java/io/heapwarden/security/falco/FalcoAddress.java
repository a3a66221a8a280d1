package io.heapwarden.security.falco;

import java.nio.file.Path;

/** Where a Falco up to 0.43 answers by gRPC. It has no other way to tell who asks than these two. */
public sealed interface FalcoAddress {

    /** Its Unix socket, such as {@code /run/falco/falco.sock}: who may open the file may ask. */
    record Socket(Path path) implements FalcoAddress {
        @Override
        public String toString() {
            return "unix://" + path;
        }
    }

    /**
     * A host and port, with certificates on both sides; Falco knows no less.
     *
     * @param host as in Falco's certificate
     * @param tls own certificate, own key, and the authorities that vouch for Falco; read anew for each connection
     */
    record Remote(String host, int port, PemFiles tls) implements FalcoAddress {
        @Override
        public String toString() {
            return host + ":" + port;
        }
    }
}
