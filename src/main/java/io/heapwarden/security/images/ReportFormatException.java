package io.heapwarden.security.images;

/** A report of vulnerabilities that cannot be read. The message says what is wrong and where in the report. */
public final class ReportFormatException extends Exception {

    private static final long serialVersionUID = 1;

    public ReportFormatException(String message) {
        super(message);
    }
}
