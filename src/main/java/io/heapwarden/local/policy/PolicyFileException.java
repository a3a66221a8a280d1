package io.heapwarden.local.policy;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** A policy file that cannot be used. The message has a line for each problem: file, line, field, what is wrong. */
public final class PolicyFileException extends Exception {

    private static final long serialVersionUID = 1;

    public PolicyFileException(Path file, List<PolicyProblem> problems) {
        super(problems.stream()
                .map(problem -> file + (problem.line() > 0 ? ":" + problem.line() : "") + ": " + problem.message())
                .collect(Collectors.joining("\n")));
    }
}
