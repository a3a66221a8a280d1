package io.heapwarden.security.falco;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** Who may send. Falco can send no header, so a secret part of the path does for it; a wrong one looks like any path that is not there. */
final class HttpAccess {

    private static final String PATH = "/falco";
    private static final String BEARER = "Bearer ";

    private volatile @Nullable SenderTokens tokens;

    HttpAccess(@Nullable SenderTokens tokens) {
        this.tokens = tokens;
    }

    /** From now on these are valid, and those before are not. */
    void use(SenderTokens now) {
        tokens = now;
    }

    /** What is to be answered. */
    enum Answer {
        Allowed,
        NotFound,
        Unauthorized,
        WrongMethod
    }

    Answer judge(HttpServerRequest request) {
        String path = request.path();
        if (path == null || !path.startsWith(PATH)) {
            return Answer.NotFound;
        }
        String rest = path.substring(PATH.length());
        boolean bare = rest.isEmpty() || rest.equals("/");
        if (!bare && !(rest.startsWith("/") && isToken(withoutSlash(rest.substring(1))))) {
            return Answer.NotFound;
        }
        if (bare && !hasCertificate(request) && !hasBearer(request)) {
            return Answer.Unauthorized;
        }
        return request.method().equals(HttpMethod.POST) ? Answer.Allowed : Answer.WrongMethod;
    }

    private static String withoutSlash(String part) {
        return part.endsWith("/") ? part.substring(0, part.length() - 1) : part;
    }

    private boolean hasBearer(HttpServerRequest request) {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        return header != null
                && header.regionMatches(true, 0, BEARER, 0, BEARER.length())
                && isToken(header.substring(BEARER.length()).strip());
    }

    /** Only one that the authorities vouch for gets through the handshake. */
    private static boolean hasCertificate(HttpServerRequest request) {
        SSLSession session = request.connection().sslSession();
        try {
            return session != null && session.getPeerCertificates().length > 0;
        } catch (SSLPeerUnverifiedException e) {
            return false;
        }
    }

    private boolean isToken(String given) {
        SenderTokens valid = tokens;
        return valid != null && valid.accept(given);
    }
}
