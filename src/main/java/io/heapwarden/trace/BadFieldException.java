package io.heapwarden.trace;

import java.io.IOException;

/** A field of a trace has a value that it cannot have; the message names the field. */
final class BadFieldException extends IOException {

    BadFieldException(String message) {
        super(message);
    }
}
