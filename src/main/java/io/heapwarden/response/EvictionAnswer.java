package io.heapwarden.response;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusCause;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an API server's answer to an eviction means. The answers are those of
 * {@code pkg/registry/core/pod/storage/eviction.go} of Kubernetes.
 */
final class EvictionAnswer {

    private static final String BUDGET_CAUSE = "DisruptionBudget";
    private static final String TERMINATING_CAUSE = "NamespaceTerminating";

    private EvictionAnswer() {}

    static EvictionOutcome read(
            PodIdentity pod, int code, @Nullable Status status, @Nullable String body, @Nullable String retryAfter) {
        String words = words(code, status, body);
        return switch (code) {
            case 200, 201, 202 -> new EvictionOutcome.Evicted();
            case 404 -> new EvictionOutcome.Gone(words);
            case 409 -> conflict(words);
            case 429 -> tooManyRequests(status, words, retryAfter);
            case 403 -> forbidden(pod, status, words);
            case 401 -> new EvictionOutcome.Forbidden("The API server does not accept the operator's token: " + words);
            case 502, 504 -> new EvictionOutcome.Unanswered("The API server answered " + code + ": " + words);
            default -> other(code, words);
        };
    }

    private static EvictionOutcome conflict(String words) {
        return words.contains("UID")
                ? new EvictionOutcome.Gone(words)
                : new EvictionOutcome.Failed("The pod changed meanwhile: " + words);
    }

    /** A budget says no in the same code in which the API server says that it is busy; only the cause tells them apart. */
    private static EvictionOutcome tooManyRequests(@Nullable Status status, String words, @Nullable String retryAfter) {
        return hasCause(status, BUDGET_CAUSE)
                ? new EvictionOutcome.BlockedByBudget(words)
                : new EvictionOutcome.Failed("The API server is too busy"
                        + (retryAfter == null ? "" : ", it asks to wait " + retryAfter + " s") + ": " + words);
    }

    private static EvictionOutcome forbidden(PodIdentity pod, @Nullable Status status, String words) {
        if (hasCause(status, TERMINATING_CAUSE)) {
            return new EvictionOutcome.Gone(words);
        }
        return words.contains("pods/eviction")
                ? new EvictionOutcome.Forbidden(
                        "%s. Give the operator's ServiceAccount a rule in namespace %s with apiGroups [\"\"], resources [pods/eviction], verbs [create]; the Helm chart's role has it"
                                .formatted(words, pod.namespace()))
                : new EvictionOutcome.Forbidden(words);
    }

    private static EvictionOutcome other(int code, String words) {
        if (words.contains("more than one PodDisruptionBudget")) {
            return new EvictionOutcome.BlockedByBudget(
                    words + " Let only one PodDisruptionBudget select the pod, or it can never be evicted.");
        }
        if (words.contains("denied the request")) {
            return new EvictionOutcome.Forbidden(words);
        }
        return new EvictionOutcome.Failed("The API server answered " + code + ": " + words);
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
