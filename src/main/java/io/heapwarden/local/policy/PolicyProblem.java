package io.heapwarden.local.policy;

/**
 * One thing that is wrong with a policy file.
 *
 * @param line where, counted from 1; 0 when it concerns the file as a whole
 * @param message what is wrong and what to do, with the field's path
 */
public record PolicyProblem(int line, String message) {}
