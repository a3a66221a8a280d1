package io.heapwarden.response.notify;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** How we say to a receiver who we are. */
sealed interface Credentials {

    /** The value of the header {@code Authorization}, if any; it is a secret. */
    Optional<String> authorization() throws SecretFile.UnreadableException;

    /** Nothing is said. */
    record None() implements Credentials {
        @Override
        public Optional<String> authorization() {
            return Optional.empty();
        }
    }

    /** A token, as RFC 6750 has it. */
    record Bearer(SecretFile token) implements Credentials {
        @Override
        public Optional<String> authorization() throws SecretFile.UnreadableException {
            return Optional.of("Bearer " + token.readLine());
        }
    }

    /** A user with a password, as RFC 7617 has it. */
    record Basic(String user, SecretFile password) implements Credentials {
        @Override
        public Optional<String> authorization() throws SecretFile.UnreadableException {
            byte[] pair = (user + ":" + password.readLine()).getBytes(StandardCharsets.UTF_8);
            return Optional.of("Basic " + Base64.getEncoder().encodeToString(pair));
        }
    }
}
