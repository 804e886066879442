package io.foreshock.fleet;

import java.util.SplittableRandom;

/**
 * Independent streams of random numbers: one per purpose, so that one more draw moves nothing else.
 */
final class Randoms {
  private Randoms() {}

  /**
   * The stream for one purpose.
   *
   * @param seed of the fleet
   * @param purpose what it is for, e.g. an asset's id
   */
  static SplittableRandom of(long seed, String purpose) {
    long mixed = seed;
    for (int i = 0; i < purpose.length(); i++) {
      mixed = mix(mixed + purpose.charAt(i));
    }
    return new SplittableRandom(mixed);
  }

  /** A number between the two, all equally likely. */
  static double between(SplittableRandom random, double low, double high) {
    return low + (high - low) * random.nextDouble();
  }

  /**
   * Finalizer of SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators,
   * 2014).
   */
  private static long mix(long z) {
    z += 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
