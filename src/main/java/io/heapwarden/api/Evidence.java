package io.heapwarden.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is collected before a restart, where a response says Evidence. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "!has(self.maxPause) || self.maxPause.matches('" + Durations.PAUSE
                + "') && duration(self.maxPause) <= duration('60s')",
        message = "evidence.maxPause must be a whole number of ms or s, between 1ms and 60s, such as 1s",
        fieldPath = ".maxPause")
public record Evidence(
        @JsonPropertyDescription(
                        "Whether what holds the leaking objects is looked for, by a flight recording of 30 s with old object samples; only with G1, Parallel and"
                                + " Serial on JDK 17 or later, and only where the predicted pause fits. Default true.")
                @Default("true")
                Boolean chain,
        @JsonPropertyDescription(
                        "The longest pause that may be predicted for one question, histograms and the chain among them. 1ms to 60s. Default 1s.")
                @Default(Evidence.DEFAULT_MAX_PAUSE)
                @Pattern(Durations.PAUSE)
                @Size(max = 7)
                String maxPause,
        @JsonPropertyDescription(
                        "A heap dump beside the bundle. It stops the application for seconds and holds its data. Default: none is taken.")
                @Nullable
                HeapDump heapDump) {

    static final String DEFAULT_MAX_PAUSE = "1s";

    /** What is used where a policy says nothing. */
    public static final Evidence DEFAULT = new Evidence(true, DEFAULT_MAX_PAUSE, null);

    public Evidence {
        chain = chain == null ? Boolean.TRUE : chain;
        maxPause = maxPause == null ? DEFAULT_MAX_PAUSE : maxPause;
    }

    /** A heap dump. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @ValidationRule(
            value = "self.redact || has(self.recipients) && self.recipients.size() > 0",
            message =
                    "a heap dump that is not redacted holds all data of the application: give recipients to encrypt it to, or leave redact true",
            fieldPath = ".redact")
    @ValidationRule(
            value = "!has(self.recipients) || self.recipients.all(key, key.matches('" + HeapDump.RECIPIENT + "'))",
            message =
                    "recipients must be age public keys, 62 characters that begin with age1, as age-keygen prints them; other kinds of keys are not known",
            fieldPath = ".recipients")
    @ValidationRule(
            value = "!has(self.maxPause) || self.maxPause.matches('" + Durations.PAUSE
                    + "') && duration(self.maxPause) <= duration('600s')",
            message = "evidence.heapDump.maxPause must be a whole number of ms or s, between 1ms and 600s, such as 30s",
            fieldPath = ".maxPause")
    @ValidationRule(
            value =
                    "!has(self.maxSize) || isQuantity(self.maxSize) && quantity(self.maxSize).isGreaterThan(quantity('0'))",
            message = "evidence.heapDump.maxSize must be a positive quantity of bytes, such as 4Gi",
            fieldPath = ".maxSize")
    public record HeapDump(
            @JsonPropertyDescription(
                            "Whether the values in arrays, strings among them, are zeroed while it streams; class and field names and numbers in fields stay."
                                    + " Default true.")
                    @Default("true")
                    Boolean redact,
            @JsonPropertyDescription(
                            "Public keys of age that it is encrypted to, such as age1…. At most 20. Default: not encrypted, which needs redact.")
                    @Size(min = 1, max = 20)
                    List<@Size(max = 62) String> recipients,
            @JsonPropertyDescription("The longest pause that may be predicted. 1ms to 600s. Default 30s.")
                    @Default(HeapDump.DEFAULT_MAX_PAUSE)
                    @Pattern(Durations.PAUSE)
                    @Size(max = 7)
                    String maxPause,
            @JsonPropertyDescription("The most that is stored of it, compressed. Default 4Gi.")
                    @Default(HeapDump.DEFAULT_MAX_SIZE)
                    @Size(max = 32)
                    String maxSize,
            @JsonPropertyDescription("Directory in the container that it is written to. Default /tmp.")
                    @Default(HeapDump.DEFAULT_DIRECTORY)
                    @Pattern(HeapDump.PATH)
                    @Size(max = 200)
                    String directory) {

        static final String RECIPIENT = "^age1[02-9ac-hj-np-z]{58}$";
        static final String DEFAULT_MAX_PAUSE = "30s";
        static final String DEFAULT_MAX_SIZE = "4Gi";
        static final String DEFAULT_DIRECTORY = "/tmp";
        static final String PATH = "^(/[A-Za-z0-9][A-Za-z0-9._-]*)+$";

        public HeapDump {
            redact = redact == null ? Boolean.TRUE : redact;
            recipients = recipients == null ? List.of() : List.copyOf(recipients);
            maxPause = maxPause == null ? DEFAULT_MAX_PAUSE : maxPause;
            maxSize = maxSize == null ? DEFAULT_MAX_SIZE : maxSize;
            directory = directory == null ? DEFAULT_DIRECTORY : directory;
        }
    }
}
