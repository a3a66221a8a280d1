package io.heapwarden.operator;

/** Whether this installation hears of Falco. */
@FunctionalInterface
interface FalcoConnection {

    /** Why no event comes in, in words that go on a sentence and say what to do; empty when events can come. */
    String obstacle();
}
