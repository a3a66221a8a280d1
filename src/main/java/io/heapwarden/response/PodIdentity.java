package io.heapwarden.response;

/**
 * One pod, told from its successor of the same name.
 *
 * @param namespace its namespace
 * @param name its name
 * @param uid its uid
 */
public record PodIdentity(String namespace, String name, String uid) {
    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
