package io.foreshock.patterns.engine;

import io.foreshock.model.AssetRef;
import io.foreshock.model.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Short streams of signals with letters for names, and the order in which they come. */
final class RandomStreams {

  private RandomStreams() {}

  static AssetRef asset(int number) {
    return new AssetRef("acme", "asset-" + number, "");
  }

  /** A stream in the asset's order; a signal's score is its number. */
  static List<Signal> draw(Random random, AssetRef asset, int maxLength) {
    List<Signal> stream = new ArrayList<>();
    long time = 1;
    int length = 3 + random.nextInt(maxLength - 2);
    for (int i = 0; i < length; i++) {
      time += random.nextInt(3) == 0 ? 0 : random.nextInt(4);
      stream.add(numbered(asset, "abcdz".charAt(random.nextInt(5)), time, random.nextInt(10), i));
    }
    stream.add(numbered(asset, 'z', time + 1000, 0, length));
    return stream;
  }

  private static Signal numbered(AssetRef asset, char letter, long time, double value, int number) {
    Signal plain = Signals.letter(asset, String.valueOf(letter), time, value);
    return new Signal(
        asset, plain.kind(), plain.name(), "", "", "", time, value, Double.NaN, number, false);
  }

  /** When signals come. */
  enum Arrival {
    IN_ORDER(0),
    /** Each late by less than a bound of a few signals, as a hash of the signal says. */
    DISORDER(6);

    final long bound;

    Arrival(long bound) {
      this.bound = bound;
    }

    long time(Signal signal) {
      long time = signal.eventTimeMillis();
      if (bound == 0) {
        return time;
      }
      long hash =
          (31 * (31 * time + (long) signal.score()) + (long) signal.value()) * 0x9E3779B97F4A7C15L;
      return time + (hash >>> 33) % bound;
    }
  }
}
