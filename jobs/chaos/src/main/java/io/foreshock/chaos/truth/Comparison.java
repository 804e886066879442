package io.foreshock.chaos.truth;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What came out of one output against what had to.
 *
 * @param output name of the output
 * @param expected records that had to come
 * @param found records that came
 * @param lost records that had to come and did not
 * @param duplicated records beyond the first of their kind
 * @param reordered records that came after one of their device that belongs behind them
 * @param unexpected records that nothing sent explains; a wrong mark makes one of these and one
 *     lost
 * @param examples the first few of each, in words
 */
public record Comparison(
    String output,
    long expected,
    long found,
    long lost,
    long duplicated,
    long reordered,
    long unexpected,
    List<String> examples) {
  private static final int EXAMPLES_EACH = 5;

  /** True when exactly what had to come came. */
  public boolean isRight() {
    return lost + duplicated + reordered + unexpected == 0;
  }

  /** Compares device by device. */
  public static Comparison of(String output, Lines expected, Lines found) {
    Counter counter = new Counter();
    Set<String> devices = new LinkedHashSet<>(expected.devices());
    devices.addAll(found.devices());
    for (String device : devices) {
      compare(device, expected, found, counter);
    }
    return new Comparison(
        output,
        expected.size(),
        found.size(),
        counter.of("lost"),
        counter.of("duplicated"),
        counter.of("reordered"),
        counter.of("unexpected"),
        counter.examples);
  }

  private static void compare(String device, Lines expected, Lines found, Counter counter) {
    List<String> wanted = expected.of(device);
    Map<String, Integer> places = new HashMap<>();
    for (int i = 0; i < wanted.size(); i++) {
      if (places.put(wanted.get(i), i) != null) {
        throw new IllegalStateException("Two expected records look alike: " + wanted.get(i));
      }
    }
    boolean[] seen = new boolean[wanted.size()];
    int furthest = -1;
    for (String line : found.of(device)) {
      Integer place = places.get(line);
      if (place == null) {
        counter.count("unexpected", device, line);
      } else if (seen[place]) {
        counter.count("duplicated", device, line);
      } else {
        seen[place] = true;
        if (expected.isPlaced(device, line)) {
          if (place < furthest) {
            counter.count("reordered", device, line + ", after " + wanted.get(furthest));
          }
          furthest = Math.max(furthest, place);
        }
      }
    }
    for (int i = 0; i < seen.length; i++) {
      if (!seen[i]) {
        counter.count("lost", device, wanted.get(i));
      }
    }
  }

  private static final class Counter {
    private final Map<String, Long> counts = new HashMap<>();
    private final List<String> examples = new ArrayList<>();

    void count(String what, String device, String line) {
      if (counts.merge(what, 1L, Long::sum) <= EXAMPLES_EACH) {
        examples.add(what + ": " + device + " " + line);
      }
    }

    long of(String what) {
      return counts.getOrDefault(what, 0L);
    }
  }
}
