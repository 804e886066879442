package io.foreshock.chaos;

import io.foreshock.local.LocalClusterException;
import io.foreshock.local.Progress;
import io.foreshock.savepoint.SnapshotException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What was done in a drill, and how long it took. After a step that failed no further one is done:
 * each call returns at once. Not thread-safe.
 */
final class DrillSteps {
  private final Progress progress;
  private final List<DrillStep> steps = new ArrayList<>();
  private final Map<DrillStep, long[]> interruptions = new LinkedHashMap<>();
  private boolean failed;

  /** What a step does; returns what was seen. */
  @FunctionalInterface
  interface Action {
    String run() throws IOException, InterruptedException;
  }

  DrillSteps(Progress progress) {
    this.progress = progress;
  }

  /** A step without which there is no drill: when it fails, that is thrown. */
  <T> T start(String name, Supplier<T> action) {
    long begin = System.nanoTime();
    T started = action.get();
    add(name, true, begin, "");
    return started;
  }

  /** Does one step, unless one before it has failed. */
  void step(String name, Action action) {
    if (!failed) {
      progress.say(name);
      timed(name, action);
    }
  }

  /** A step after which nothing comes out for a while; how long is measured. */
  void interruption(String name, Action action) {
    if (!failed) {
      long begin = System.currentTimeMillis();
      step(name, action);
      interruptions.put(
          steps.get(steps.size() - 1), new long[] {begin, System.currentTimeMillis()});
    }
  }

  /** Waits or watches; only a failure of it is a step. */
  void unnoticed(String name, Action action) {
    if (!failed) {
      timed(name, action);
      if (!failed) {
        steps.remove(steps.size() - 1);
      }
    }
  }

  private void timed(String name, Action action) {
    long begin = System.nanoTime();
    try {
      add(name, true, begin, action.run());
    } catch (IOException | LocalClusterException | SnapshotException | ChaosException e) {
      fail(name, begin, e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      fail(name, begin, "Interrupted.");
    }
  }

  private void fail(String name, long beginNanos, String reason) {
    failed = true;
    progress.say("FAILED: " + reason);
    add(name, false, beginNanos, reason);
  }

  private void add(String name, boolean ok, long beginNanos, String detail) {
    double seconds = (System.nanoTime() - beginNanos) / 1e9;
    steps.add(new DrillStep(name, ok, seconds, Double.NaN, detail));
  }

  /** All steps in their order, interruptions with how long nothing could be read. */
  List<DrillStep> withSilence(OutputWatch watch) {
    return steps.stream()
        .map(
            step -> {
              long[] times = interruptions.get(step);
              return times == null
                  ? step
                  : step.silent(watch.longestSilence(times[0], times[1]) / 1e3);
            })
        .toList();
  }
}
