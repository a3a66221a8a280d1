package io.heapwarden.response.notify;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * Where a receiver is reached. The path and the query of an incoming webhook are a secret, so in words an endpoint is only its scheme, host and
 * port, and no message of its own repeats what was given.
 */
final class Endpoint {

    private static final int LONGEST = 2048;

    private final URI uri;

    private Endpoint(URI uri) {
        this.uri = uri;
    }

    /**
     * Reads a URL.
     *
     * @throws IllegalArgumentException with what is wrong, as the end of a sentence that begins with "the URL"
     */
    static Endpoint parse(String text) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException("is longer than " + LONGEST + " characters");
        }
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            // Its message and cause hold the text.
            throw new IllegalArgumentException("is malformed at character " + (e.getIndex() + 1));
        }
        if (!"http".equalsIgnoreCase(uri.getScheme()) && !"https".equalsIgnoreCase(uri.getScheme())) {
            throw new IllegalArgumentException("must begin with http:// or https://");
        }
        if (uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException(
                    "must name no user or password: give 'username' and 'passwordFile', or 'tokenFile'");
        }
        if (uri.getHost() == null || uri.getPort() > 65535 || uri.getPort() == 0) {
            throw new IllegalArgumentException("must name a host, and a port from 1 to 65535 if any");
        }
        if (uri.getRawFragment() != null) {
            throw new IllegalArgumentException("must have no part after #");
        }
        return new Endpoint(uri);
    }

    /** The whole URL; never to be shown. */
    URI uri() {
        return uri;
    }

    /** The same server with a path below this one's. */
    Endpoint below(String path) {
        String base = uri.getRawPath() == null ? "" : uri.getRawPath().replaceAll("/+$", "");
        String authority = uri.getRawAuthority();
        return new Endpoint(URI.create(uri.getScheme() + "://" + authority + base + path));
    }

    /** What of it must not be found in a text, if anything: all behind the host. */
    String secretPart() {
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        return path.length() + query.length() <= 1 ? "" : path + query;
    }

    /** Scheme, host and port; what follows is masked. */
    @Override
    public String toString() {
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        return uri.getScheme() + "://" + uri.getHost() + port + (secretPart().isEmpty() ? "" : "/…");
    }
}
