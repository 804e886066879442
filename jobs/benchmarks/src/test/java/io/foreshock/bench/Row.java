package io.foreshock.bench;

/**
 * Result of one case. Signals per second; {@code null} where it was not measured.
 *
 * @param stock on {@link BenchCase#forStock} of the case
 * @param oursCpu processor time per signal, microseconds
 * @param matchesEqual on the whole stream that the stock operator has seen
 * @param stateBytesPerAsset of a canonical savepoint, over all assets of the case
 */
record Row(
    BenchCase benchCase,
    Double stock,
    Double ours,
    Double passThrough,
    Double esper,
    Double oursCpu,
    Double passThroughCpu,
    Boolean matchesEqual,
    int matchesCompared,
    Double stateBytesPerAsset) {}
