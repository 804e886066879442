package io.foreshock.bench;

/**
 * Result of one case. Signals per second; {@code null} where it was not measured.
 *
 * @param stock on {@link BenchCase#forStock} of the case
 * @param ofOurs measurements of ours, and the same for pass-through and Esper
 * @param matchesEqual on the whole stream that the stock operator has seen
 * @param stateBytesPerAsset of a canonical savepoint, over all assets of the case
 */
record Row(
    BenchCase benchCase,
    Double stock,
    Rounds ofOurs,
    Rounds ofPassThrough,
    Rounds ofEsper,
    Boolean matchesEqual,
    int matchesCompared,
    Double stateBytesPerAsset) {

  Double ours() {
    return ofOurs.rate();
  }

  Double passThrough() {
    return ofPassThrough.rate();
  }

  Double esper() {
    return ofEsper.rate();
  }
}
