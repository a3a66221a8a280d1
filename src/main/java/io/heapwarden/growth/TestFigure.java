package io.heapwarden.growth;

/**
 * One test of one series: what it measured and what it had to be.
 *
 * @param signal the series
 * @param test what is tested, in words
 * @param figure what was measured
 * @param bar what is asked for
 * @param passed whether the figure reaches the bar
 */
public record TestFigure(Signal signal, String test, String figure, String bar, boolean passed) {}
