package io.heapwarden.response.notify;

/** Where a receiver's URL comes from. */
sealed interface Address {

    /** The URL as it is now. */
    Endpoint endpoint() throws SecretFile.UnreadableException;

    /** Written in the configuration, where everyone may read it. */
    record Given(Endpoint endpoint) implements Address {}

    /** In a file, since who knows it may post. Read anew for each message. */
    record InFile(SecretFile file) implements Address {
        @Override
        public Endpoint endpoint() throws SecretFile.UnreadableException {
            try {
                return Endpoint.parse(file.readLine());
            } catch (IllegalArgumentException e) {
                throw new SecretFile.UnreadableException("the URL in " + file.path() + " " + e.getMessage());
            }
        }
    }
}
