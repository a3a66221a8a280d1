package io.heapwarden.operator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.http.Headers;
import io.fabric8.mockwebserver.http.RecordedRequest;
import io.fabric8.mockwebserver.utils.ResponseProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What was sent to one address by server-side apply. The mock API server cannot apply, so each patch is answered with itself; what counts is
 * what was sent.
 */
final class Applied implements ResponseProvider<Object> {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String AS_HEAPWARDEN = "?fieldManager=heapwarden&force=true";

    private final List<JsonNode> patches = Collections.synchronizedList(new ArrayList<>());
    private final Queue<Integer> refusals = new ConcurrentLinkedQueue<>();
    private volatile int status = 200;
    private volatile int answered = 200;

    static Applied to(KubernetesMockServer server, String path) {
        Applied applied = new Applied();
        server.expect().patch().withPath(path + AS_HEAPWARDEN).andReply(applied).always();
        return applied;
    }

    /** From now on every patch is refused with this status. */
    void refuse(int code) {
        status = code;
    }

    /** The next patches are refused with these, one each. */
    void refuseOnce(Integer... codes) {
        refusals.addAll(List.of(codes));
    }

    List<JsonNode> patches() {
        return List.copyOf(patches);
    }

    JsonNode last() {
        return patches.getLast();
    }

    @Override
    public int getStatusCode(RecordedRequest request) {
        Integer refusal = refusals.poll();
        answered = refusal == null ? status : refusal;
        return answered;
    }

    @Override
    public Object getBody(RecordedRequest request) {
        String body = request.getBody().readUtf8();
        if (answered == 200) {
            try {
                patches.add(JSON.readTree(body));
            } catch (IOException garbled) {
                throw new UncheckedIOException(garbled);
            }
        }
        return answered == 200 ? body : "{}";
    }

    @Override
    public Headers getHeaders() {
        return Headers.builder().build();
    }

    @Override
    public void setHeaders(Headers headers) {
        throw new UnsupportedOperationException("the headers stand");
    }
}
