package com.shop;

/** What the sessions workload keeps for a while. */
public final class Session {
    public final double endsAt;
    final byte[] state;

    public Session(double endsAt, int bytes) {
        this.endsAt = endsAt;
        this.state = new byte[bytes];
    }
}
