package io.foreshock.patterns.engine;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;

/** Counters of one pattern. */
final class PatternMetrics {

  final Counter relevant = new SimpleCounter();
  final Counter evaluated = new SimpleCounter();
  final Counter matched = new SimpleCounter();
  final Counter timedOut = new SimpleCounter();
  final Counter overflowed = new SimpleCounter();
  final Counter abandoned = new SimpleCounter();

  /** Matches that a forbidden stage, or a signal out of strict order, ended. */
  final Counter broken = new SimpleCounter();

  /** Open matches; see {@link #register}. Written by the task's thread, read by reporters. */
  volatile long open;

  /**
   * Publishes the counters under {@code pattern.<name>.version.<version>}.
   *
   * <p>{@code relevant} are signals of a kind and name that the pattern uses, {@code evaluated}
   * those that changed open matches or opened one. {@code open} is the number of matches opened
   * less those closed since this task started: matches that were restored count from their next
   * signal on. {@code abandoned} are open matches given up because the asset said nothing or the
   * pattern changed.
   */
  void register(MetricGroup operator, String name, int version) {
    MetricGroup group =
        operator.addGroup("pattern", name).addGroup("version", Integer.toString(version));
    group.counter("relevant", relevant);
    group.counter("evaluated", evaluated);
    group.counter("matched", matched);
    group.counter("timedOut", timedOut);
    group.counter("overflowed", overflowed);
    group.counter("abandoned", abandoned);
    group.gauge("open", () -> open);
  }
}
