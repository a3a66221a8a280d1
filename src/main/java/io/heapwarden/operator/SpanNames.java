package io.heapwarden.operator;

/** The attributes of spans; docs/tracing.md has what each means. */
final class SpanNames {

    static final String NAMESPACE = "heapwarden.namespace";
    static final String POD = "heapwarden.pod";
    static final String CONTAINER = "heapwarden.container";
    static final String POLICY = "heapwarden.policy";
    static final String QUESTION = "heapwarden.question";
    static final String OUTCOME = "heapwarden.outcome";
    static final String STATE = "heapwarden.state";
    static final String STATE_BEFORE = "heapwarden.state.before";
    static final String VERDICT = "heapwarden.verdict";
    static final String DECISION = "heapwarden.decision";
    static final String REASON = "heapwarden.reason";
    static final String RISK = "security.risk";
    static final String RULE = "security.rule";
    static final String SOURCE = "security.source";

    private SpanNames() {}
}
