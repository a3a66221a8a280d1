package io.heapwarden.response;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.heapwarden.response.ApiRequests.Answered;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an API server's answer to a restart or a resize means. Those to an eviction are from
 * {@code pkg/registry/core/pod/storage/eviction.go} of Kubernetes.
 */
final class ApiAnswer {

    private static final String BUDGET_CAUSE = "DisruptionBudget";
    private static final String TERMINATING_CAUSE = "NamespaceTerminating";

    private ApiAnswer() {}

    /**
     * The right that a request takes.
     *
     * @param group API group
     * @param resource resource, with its subresource
     * @param verb verb
     * @param grantedBy where the Helm chart grants it, as the end of a sentence
     */
    record Right(String group, String resource, String verb, String grantedBy) {}

    /**
     * Reads an answer.
     *
     * @param done what it is when the API server accepted
     * @param right the right it takes, as an RBAC rule names its resource
     * @param namespace where it takes it
     */
    static AttemptOutcome read(Answered answered, ActionOutcome done, Right right, String namespace) {
        Status status = answered.status();
        int code = answered.code();
        String words = words(code, status, answered.body());
        return switch (code) {
            case 200, 201, 202 -> new AttemptOutcome.Done(done);
            case 404 -> new AttemptOutcome.Gone(words);
            case 409 -> conflict(words);
            case 429 -> tooManyRequests(status, words, answered.retryAfter());
            case 403 -> forbidden(right, namespace, status, words);
            case 401 -> new AttemptOutcome.Forbidden("The API server does not accept the operator's token: " + words);
            case 502, 504 -> new AttemptOutcome.Unanswered("The API server answered " + code + ": " + words);
            default -> other(code, words);
        };
    }

    private static AttemptOutcome conflict(String words) {
        return words.contains("UID")
                ? new AttemptOutcome.Gone(words)
                : new AttemptOutcome.Failed("It changed meanwhile: " + words);
    }

    /** A budget says no in the same code in which the API server says that it is busy; only the cause tells them apart. */
    private static AttemptOutcome tooManyRequests(@Nullable Status status, String words, @Nullable String retryAfter) {
        return hasCause(status, BUDGET_CAUSE)
                ? new AttemptOutcome.BlockedByBudget(words)
                : new AttemptOutcome.Failed("The API server is too busy"
                        + (retryAfter == null ? "" : ", it asks to wait " + retryAfter + " s") + ": " + words);
    }

    private static AttemptOutcome forbidden(Right right, String namespace, @Nullable Status status, String words) {
        if (hasCause(status, TERMINATING_CAUSE)) {
            return new AttemptOutcome.Gone(words);
        }
        return words.contains("cannot " + right.verb())
                ? new AttemptOutcome.Forbidden(
                        "%s. Give the operator's ServiceAccount a rule in namespace %s with apiGroups [\"%s\"], resources [%s], verbs [%s]; %s"
                                .formatted(
                                        words,
                                        namespace,
                                        right.group(),
                                        right.resource(),
                                        right.verb(),
                                        right.grantedBy()))
                : new AttemptOutcome.Forbidden(words);
    }

    private static AttemptOutcome other(int code, String words) {
        if (words.contains("more than one PodDisruptionBudget")) {
            return new AttemptOutcome.BlockedByBudget(
                    words + " Let only one PodDisruptionBudget select the pod, or it can never be evicted.");
        }
        if (words.contains("denied the request")) {
            return new AttemptOutcome.Forbidden(words);
        }
        return new AttemptOutcome.Failed("The API server answered " + code + ": " + words);
    }

    private static boolean hasCause(@Nullable Status status, String reason) {
        return causes(status).stream().anyMatch(cause -> reason.equals(cause.getReason()));
    }

    private static List<StatusCause> causes(@Nullable Status status) {
        return status == null || status.getDetails() == null
                ? List.of()
                : status.getDetails().getCauses();
    }

    /** The message and its causes: the name of a budget stands only in the cause. */
    private static String words(int code, @Nullable Status status, @Nullable String body) {
        if (status == null || status.getMessage() == null) {
            return body == null || body.isBlank() ? "status code " + code : shortened(body.strip());
        }
        Stream<String> causes = causes(status).stream().map(StatusCause::getMessage);
        return Stream.concat(Stream.of(status.getMessage()), causes)
                .filter(text -> text != null && !text.isBlank())
                .distinct()
                .collect(Collectors.joining(" "));
    }

    private static String shortened(String body) {
        return body.length() <= 200 ? body : body.substring(0, 200) + "…";
    }
}
