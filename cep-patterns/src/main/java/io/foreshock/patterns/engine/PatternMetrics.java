package io.foreshock.patterns.engine;

import io.foreshock.patterns.condition.ConditionErrors;
import java.util.function.LongSupplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;

/** Counters of one pattern. Written by the task's thread, read by reporters. */
final class PatternMetrics {

  final Counter relevant = new SimpleCounter();
  final Counter evaluated = new SimpleCounter();
  final Counter matched = new SimpleCounter();
  final Counter timedOut = new SimpleCounter();
  final Counter overflowed = new SimpleCounter();
  final Counter abandoned = new SimpleCounter();

  /** Matches that a forbidden stage, or a signal out of strict order, ended. */
  final Counter broken = new SimpleCounter();

  final Counter nearMissesWithheld = new SimpleCounter();

  /** Processing time at which the current minute of near misses began. */
  long minuteBegan = Long.MIN_VALUE / 2;

  int toldThisMinute;

  private volatile LongSupplier openInState = () -> 0;
  private volatile ConditionErrors conditionErrors = new ConditionErrors("");

  /**
   * Publishes the counters under {@code pattern.<name>.version.<version>}.
   *
   * <p>{@code relevant} are signals of a kind and name that the pattern uses, {@code evaluated}
   * those that changed open matches or opened one. {@code open} is the number of open matches in
   * state, restored ones included. {@code nearMisses} are open matches that ended without
   * completing: {@code timedOut}, {@code broken} (a forbidden stage came, or another signal where
   * the next stage must follow at once), {@code overflowed}, and {@code abandoned} (the asset said
   * nothing, or the pattern changed). What a skip strategy takes away with a match is none. {@code
   * nearMissesWithheld} are those that were asked for and not told. {@code conditionErrors} are
   * evaluations of conditions that failed.
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
    group.counter("broken", broken);
    group.counter("nearMisses", new ReadOnlyCounter(this::nearMisses));
    group.counter("nearMissesWithheld", nearMissesWithheld);
    group.counter("conditionErrors", new ReadOnlyCounter(() -> conditionErrors.total()));
    group.gauge("open", () -> openInState.getAsLong());
  }

  long nearMisses() {
    return timedOut.getCount() + broken.getCount() + overflowed.getCount() + abandoned.getCount();
  }

  /** Where the number of open matches is known from now on. */
  void countOpen(LongSupplier inState) {
    openInState = inState;
  }

  /** Goes on counting with the conditions of the pattern as it was compiled anew. */
  void countErrors(ConditionErrors errors) {
    if (errors != conditionErrors) {
      errors.continueFrom(conditionErrors);
      conditionErrors = errors;
    }
  }

  /** A counter that is counted elsewhere. */
  private record ReadOnlyCounter(LongSupplier count) implements Counter {
    @Override
    public long getCount() {
      return count.getAsLong();
    }

    @Override
    public void inc() {
      throw new UnsupportedOperationException("Counted elsewhere");
    }

    @Override
    public void inc(long n) {
      inc();
    }

    @Override
    public void dec() {
      inc();
    }

    @Override
    public void dec(long n) {
      inc();
    }
  }
}
