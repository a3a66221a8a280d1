package io.heapwarden.evidence.heapdump;

/** Looks for bytes in bytes. */
final class Bytes {

    private Bytes() {}

    static boolean contains(byte[] haystack, byte[] needle) {
        for (int start = 0; start <= haystack.length - needle.length; start++) {
            int matched = 0;
            while (matched < needle.length && haystack[start + matched] == needle[matched]) {
                matched++;
            }
            if (matched == needle.length) {
                return true;
            }
        }
        return false;
    }
}
