package io.heapwarden.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.heapwarden.security.FindingSource;
import io.heapwarden.security.Severity;
import org.jspecify.annotations.Nullable;

/** A security observation of one pod, and how often it was made. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FindingReport(
        @JsonPropertyDescription("How bad it is.") Severity severity,
        @JsonPropertyDescription("Who saw it.") FindingSource source,
        @JsonPropertyDescription("Id of the check, or name of the rule.") String rule,
        @JsonPropertyDescription("Name of the container; absent when it is of the whole pod.") @Nullable
                String container,
        @JsonPropertyDescription("What of the container it is about, such as a process, a port or a library.") @Nullable
                String subject,
        @JsonPropertyDescription("What was seen.") String message,
        @JsonPropertyDescription("What to do about it.") String remedy,
        @JsonPropertyDescription("Where it is defined, such as a CVE, a CIS recommendation or the rule's tags.")
                @Nullable
                String reference,
        @JsonPropertyDescription("Whether a new pod of the same template would not show it at once again.")
                boolean restartHelps,
        @JsonPropertyDescription("When it was seen first, in RFC 3339.") String firstSeen,
        @JsonPropertyDescription("When it was seen last, as of this writing, in RFC 3339.") String lastSeen,
        @JsonPropertyDescription("How often it was seen, as of this writing.") long count) {}
