package io.heapwarden.security.falco;

import io.heapwarden.security.falco.Reading.Read;
import io.heapwarden.security.falco.Reading.Rejected;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Clock;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** One request after the other: who sends, how much, and what became of it. Runs on the event loop, and waits for nothing. */
final class HttpIntake {

    private static final Logger LOG = Logger.getLogger(HttpIntake.class);
    private static final int NO_CONTENT = 204;
    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int CONTENT_TOO_LARGE = 413;
    private static final int UNSUPPORTED_MEDIA_TYPE = 415;

    private final HttpAccess access;
    private final HttpConnections connections;
    private final Consumer<FalcoEvent> sink;
    private final FalcoCounts counts;
    private final Clock clock;
    private final Set<FalcoRejection> said = Collections.synchronizedSet(EnumSet.noneOf(FalcoRejection.class));

    HttpIntake(
            HttpAccess access,
            HttpConnections connections,
            Consumer<FalcoEvent> sink,
            FalcoCounts counts,
            Clock clock) {
        this.access = access;
        this.connections = connections;
        this.sink = sink;
        this.counts = counts;
        this.clock = clock;
    }

    void handle(HttpServerRequest request) {
        connections.began(request.connection());
        switch (access.judge(request)) {
            case NotFound -> {
                counts.add(FalcoCount.Misdirected);
                refuse(request, NOT_FOUND, "not found");
            }
            case Unauthorized -> {
                counts.add(FalcoCount.Unauthorized);
                request.response().putHeader("WWW-Authenticate", "Bearer");
                refuse(request, UNAUTHORIZED, "a token or a client certificate is needed");
            }
            case WrongMethod -> {
                counts.add(FalcoCount.Misdirected);
                request.response().putHeader(HttpHeaders.ALLOW, "POST");
                refuse(request, METHOD_NOT_ALLOWED, "events are posted");
            }
            case Allowed -> receive(request);
        }
    }

    private void receive(HttpServerRequest request) {
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        if (type != null && !type.toLowerCase(Locale.ROOT).contains("json")) {
            reject(
                    FalcoRejection.PlainText,
                    "set json_output: true in falco.yaml, as events in text form cannot be read");
            refuse(request, UNSUPPORTED_MEDIA_TYPE, "set json_output: true in falco.yaml");
            return;
        }
        if (announced(request) > FalcoEventParser.MOST_BYTES) {
            tooLarge(request);
            return;
        }
        if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
            request.response().writeContinue();
        }
        Buffer body = Buffer.buffer();
        request.exceptionHandler(broken -> LOG.debugf("A Falco event ended in its middle: %s", broken.getMessage()));
        request.handler(part -> {
            if (request.response().ended()) {
                return;
            }
            body.appendBuffer(part);
            if (body.length() > FalcoEventParser.MOST_BYTES) {
                tooLarge(request);
            }
        });
        request.endHandler(end -> {
            if (!request.response().ended()) {
                connections.completed(request.connection());
                take(body.getBytes(), request.response());
            }
        });
    }

    private void take(byte[] body, HttpServerResponse response) {
        switch (FalcoEventParser.parse(body, clock.instant())) {
            case Read(FalcoEvent event) -> {
                counts.add(FalcoCount.ByHttp);
                sink.accept(event);
                var unused = response.setStatusCode(NO_CONTENT).end();
            }
            case Rejected(FalcoRejection reason, String detail) -> {
                reject(reason, detail);
                var unused = response.setStatusCode(BAD_REQUEST).end(detail + "\n");
            }
        }
    }

    private void tooLarge(HttpServerRequest request) {
        reject(FalcoRejection.TooLarge, "an event has at most %d bytes".formatted(FalcoEventParser.MOST_BYTES));
        refuse(request, CONTENT_TOO_LARGE, "at most %d bytes".formatted(FalcoEventParser.MOST_BYTES));
    }

    /** Once for each reason: a sender that is set up wrongly sends a great many. */
    private void reject(FalcoRejection reason, String detail) {
        counts.reject(reason);
        if (said.add(reason)) {
            LOG.warnf("A Falco event by HTTP was refused: %s. More of the kind are only counted", detail);
        }
    }

    /** Answers and ends the connection: what else comes on it is not read. */
    private static void refuse(HttpServerRequest request, int status, String why) {
        request.response().setStatusCode(status).putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        request.response().end(why + "\n").onComplete(sent -> request.connection()
                .close());
    }

    private static long announced(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }
}
