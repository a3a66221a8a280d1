package com.shop;

/** What the leaking workload retains; the class that a report has to name. */
public final class Order {
    final long number;
    final byte[] content;

    public Order(long number, int bytes) {
        this.number = number;
        this.content = new byte[bytes];
    }
}
