package io.heapwarden.evidence.heapdump;

/** How the transfer of a heap dump ended. */
public sealed interface TransferEnding {

    /** The dump was whole, and all of it was written. */
    record Complete() implements TransferEnding {}

    /**
     * It was not.
     *
     * @param reason why
     * @param sentence in words, with what was found
     */
    record Incomplete(Reason reason, String sentence) implements TransferEnding {

        /**
         * Whether what was written ends properly, so that it can be decrypted and decompressed and has the dump up to where it went wrong. If not, it is
         * of no use and is better deleted.
         */
        public boolean readable() {
            return reason.readable;
        }
    }

    /** Why a transfer is not complete. The constants are spelled as they appear in status and metrics. */
    enum Reason {
        /** The dump ended too early, as when the disk it was written to was full, or the connection was cut. */
        Truncated(true),
        /** It is no heap dump of HotSpot, or a broken one. */
        Malformed(true),
        /** Reading it failed. */
        SourceFailed(true),
        /** Writing failed. */
        SinkFailed(false),
        /** More would have been written than may be. */
        SizeLimit(false),
        /** It took longer than it may. */
        TimeLimit(false),
        /** Whoever waited for it was told to stop. */
        Interrupted(false),
        /** This Java runtime cannot encrypt to the recipients. */
        EncryptionFailed(false);

        private final boolean readable;

        Reason(boolean readable) {
            this.readable = readable;
        }
    }
}
