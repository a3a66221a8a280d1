package io.heapwarden.telemetry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Says what the operator does to pods: each act is one line, a JSON object, on standard output whatever the log level is, and in a file where one is
 * named. docs/audit.md has the form. Safe for use by many threads.
 */
public final class AuditLog {

    /** Of the lines in the log, and their field {@code category}. */
    public static final String CATEGORY = "io.heapwarden.audit";

    /** Longest reason, in characters: a line stays below what pipes and log drivers take in one piece. */
    static final int LONGEST_REASON = 1_024;

    private static final Logger LOG = Logger.getLogger(CATEGORY);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String by;
    private final @Nullable AuditFile file;

    /**
     * @param by name of this operator's pod
     * @param file where the lines are appended, too; null for nowhere
     */
    public AuditLog(String by, @Nullable Path file) {
        this.by = by;
        this.file = file == null ? null : new AuditFile(file);
    }

    /** Writes one line. Never throws. */
    public void record(AuditEntry entry) {
        String line = line(entry);
        LOG.info(line);
        if (file != null) {
            file.append(line);
        }
    }

    private String line(AuditEntry entry) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("category", CATEGORY);
        fields.put("time", entry.time().truncatedTo(ChronoUnit.MILLIS).toString());
        fields.put("act", entry.act().name());
        fields.put("namespace", entry.namespace());
        fields.put("pod", entry.pod());
        fields.put("podUid", entry.podUid());
        fields.put("container", entry.container());
        fields.put("policy", entry.policy());
        fields.put("reason", cut(entry.reason()));
        fields.put("outcome", entry.outcome());
        fields.put("durationMs", entry.took().toMillis());
        fields.put("by", by);
        try {
            return JSON.writeValueAsString(fields);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a map of texts is JSON", impossible);
        }
    }

    private static String cut(String reason) {
        return reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON - 1) + "…";
    }
}
