package io.foreshock.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.foreshock.model.Signal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SignalStreamTest {

  @Test
  void aPartIsTheSameStreamWithFewerAssets() {
    BenchCase c = new BenchCase(10, 2, 0.5, 1, 1, 0);
    List<Signal> whole = traffic(c, 0, 1, 100);
    List<Signal> even = traffic(c, 0, 2, 50);
    assertThat(even)
        .isEqualTo(
            whole.stream()
                .filter(signal -> Integer.parseInt(signal.asset().assetId().substring(5)) % 2 == 0)
                .toList());
  }

  @Test
  void givesTheShareOfRelevantSignalsThatWasAskedFor() {
    BenchCase c = new BenchCase(1_000, 3, 0.02, 1, 1, 0);
    long relevant = traffic(c, 0, 1, 100_000).stream().filter(SignalStreamTest::relevant).count();
    assertThat(relevant / 1e5).isCloseTo(0.02, within(0.001));
  }

  @Test
  void givesTheShareOfAcceptedSignalsThatWasAskedFor() {
    List<Signal> signals = traffic(new BenchCase(1_000, 3, 1, 0.02, 1, 0), 0, 1, 100_000);
    assertThat(signals).allMatch(SignalStreamTest::relevant);
    long accepted = signals.stream().filter(s -> s.value() >= BenchPatterns.LIMIT).count();
    assertThat(accepted / 1e5).isCloseTo(0.02, within(0.001));
  }

  @Test
  void keepsAsManyMatchesOpenAsWereAskedFor() {
    assertThat(meanOpen(new BenchCase(500, 2, 1, 1, 100, 0))).isCloseTo(100, within(10.0));
    assertThat(meanOpen(new BenchCase(500, 2, 1, 1, 1, 0))).isCloseTo(1, within(0.4));
    assertThat(meanOpen(new BenchCase(500, 2, 1, 1, 0, 0))).isLessThan(0.1);
  }

  @Test
  void comesInOrderPerAssetOrWithinItsDisorder() {
    assertThat(greatestDelay(new BenchCase(50, 1, 1, 1, 1, 0))).isZero();
    assertThat(greatestDelay(new BenchCase(50, 1, 1, 1, 1, 10))).isBetween(5_000L, 10_000L);
  }

  @Test
  void skipsAndRepeatsNothingWhenItIsDisordered() {
    assertThat(traffic(new BenchCase(50, 1, 1, 1, 1, 10), 0, 1, 50 * 30))
        .containsExactlyInAnyOrderElementsOf(
            traffic(new BenchCase(50, 1, 1, 1, 1, 0), 0, 1, 50 * 30));
  }

  private static boolean relevant(Signal signal) {
    return !signal.name().startsWith("threshold-other");
  }

  private static List<Signal> traffic(BenchCase c, int part, int parts, int count) {
    SignalStream stream = new SignalStream(c, part, parts);
    for (long i = stream.prefillSize(); i > 0; i--) {
      stream.next();
    }
    List<Signal> signals = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      signals.add(stream.next());
    }
    return signals;
  }

  /** Open matches per asset after the prefill and five seconds: begun and not yet complete. */
  private static double meanOpen(BenchCase c) {
    SignalStream stream = new SignalStream(c, 0, 1);
    Map<String, Integer> open = new HashMap<>();
    for (long i = stream.prefillSize() + 5L * c.assets(); i > 0; i--) {
      Signal signal = stream.next();
      if (opens(signal)) {
        open.merge(signal.asset().key(), 1, Integer::sum);
      } else if (signal.name().startsWith("flatline-")) {
        open.remove(signal.asset().key());
      }
    }
    return open.values().stream().mapToInt(n -> n).sum() / (double) c.assets();
  }

  private static boolean opens(Signal signal) {
    return relevant(signal) && signal.name().startsWith("threshold-");
  }

  private static long greatestDelay(BenchCase c) {
    Map<String, Long> latest = new HashMap<>();
    long greatest = 0;
    for (Signal signal : traffic(c, 0, 1, 50 * 100)) {
      long before = latest.getOrDefault(signal.asset().key(), Long.MIN_VALUE);
      if (before > signal.eventTimeMillis()) {
        greatest = Math.max(greatest, before - signal.eventTimeMillis());
      }
      latest.put(signal.asset().key(), Math.max(before, signal.eventTimeMillis()));
    }
    return greatest;
  }
}
