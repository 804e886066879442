package io.foreshock.cli.imports;

import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Tells a counter that began again from numbers that arrive twice or late, for devices that number
 * their messages but do not say when they restart.
 *
 * <p>A number above all others goes on. The highest once more is a repeat. One that lies at most
 * {@value #WINDOW} below is a repeat when it came with the same content, and late when it was
 * passed over. Anything else begins a new run.
 */
final class CounterRuns {
  static final int WINDOW = 64;

  private final Map<String, Run> runs = new HashMap<>();

  /**
   * Takes the next message of a device.
   *
   * @param restarted called when the number begins a new run
   * @return the run that it belongs to, from 1
   */
  int runOf(String device, long number, String content, Consumer<String> restarted) {
    Run run = runs.computeIfAbsent(device, d -> new Run(1));
    if (!run.holds(number, content)) {
      run = new Run(run.index + 1);
      runs.put(device, run);
      restarted.accept(device);
    }
    run.add(number, content);
    return run.index;
  }

  private static final class Run {
    private final int index;
    private final NavigableMap<Long, String> seen = new TreeMap<>();
    private long highest = -1;

    private Run(int index) {
      this.index = index;
    }

    private boolean holds(long number, String content) {
      if (number >= highest) {
        return true;
      }
      if (highest - number > WINDOW) {
        return false;
      }
      String before = seen.get(number);
      return before == null || before.equals(content);
    }

    private void add(long number, String content) {
      highest = Math.max(highest, number);
      seen.putIfAbsent(number, content);
      seen.headMap(highest - WINDOW).clear();
    }
  }
}
