package io.heapwarden.security.podstandards;

/**
 * One field of a pod that a Pod Security Standard forbids.
 *
 * @param check id of the check, as Kubernetes' own admission has it
 * @param standard the mildest standard that forbids it
 * @param container name of the container; empty when the field is of the whole pod
 * @param path the field, such as {@code spec.containers[0].securityContext.privileged}; where it is missing, the one to set
 * @param what what is so, without a full stop
 * @param fix what to write instead, one sentence without a full stop
 */
public record Violation(String check, PodStandard standard, String container, String path, String what, String fix) {}
