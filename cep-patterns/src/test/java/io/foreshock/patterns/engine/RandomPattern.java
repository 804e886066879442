package io.foreshock.patterns.engine;

import io.foreshock.model.Signal;
import java.io.Serializable;
import java.util.List;
import java.util.Random;
import org.apache.flink.cep.pattern.Pattern;
import org.apache.flink.cep.pattern.conditions.IterativeCondition;

/**
 * A random pattern over the whole of flink-cep's language, as a tree that prints as Java. Stages
 * take letters a to d; times are milliseconds.
 */
record RandomPattern(List<Stage> stages, String skip, int within) {

  /**
   * @param link how it follows the one before
   * @param group stages of a group; empty for a single stage
   */
  record Stage(
      String name,
      String link,
      Condition condition,
      List<Stage> group,
      Quantifier quantifier,
      int stepWithin) {

    boolean negative() {
      return link.startsWith("not");
    }
  }

  /**
   * @param kind one, times, range, loop (n or more)
   * @param until condition that ends a loop; null for none
   */
  record Quantifier(
      String kind,
      int from,
      int to,
      int stepWithin,
      boolean optional,
      boolean greedy,
      String inner,
      Condition until) {}

  /** What a stage takes. */
  sealed interface Condition extends Serializable {
    boolean test(Signal signal, IterativeCondition.Context<Signal> context) throws Exception;

    default boolean looksBack() {
      return false;
    }

    record Always() implements Condition {
      @Override
      public boolean test(Signal signal, IterativeCondition.Context<Signal> context) {
        return true;
      }
    }

    record Letters(String letters) implements Condition {
      @Override
      public boolean test(Signal signal, IterativeCondition.Context<Signal> context) {
        return !signal.name().isEmpty() && letters.contains(signal.name());
      }
    }

    record Above(Condition base, int limit) implements Condition {
      @Override
      public boolean test(Signal signal, IterativeCondition.Context<Signal> context)
          throws Exception {
        return base.test(signal, context) && signal.value() > limit;
      }

      @Override
      public boolean looksBack() {
        return base.looksBack();
      }
    }

    /** Larger than the last value that a stage took; true when it took none. */
    record Rising(Condition base, String stage) implements Condition {
      @Override
      public boolean test(Signal signal, IterativeCondition.Context<Signal> context)
          throws Exception {
        if (!base.test(signal, context)) {
          return false;
        }
        double last = Double.NEGATIVE_INFINITY;
        for (Signal taken : context.getEventsForPattern(stage)) {
          last = taken.value();
        }
        return signal.value() > last;
      }

      @Override
      public boolean looksBack() {
        return true;
      }
    }

    /** The values that a stage took, with this one, stay below a sum. */
    record SumBelow(Condition base, String stage, int limit) implements Condition {
      @Override
      public boolean test(Signal signal, IterativeCondition.Context<Signal> context)
          throws Exception {
        double sum = signal.value();
        for (Signal taken : context.getEventsForPattern(stage)) {
          sum += taken.value();
        }
        return base.test(signal, context) && sum < limit;
      }

      @Override
      public boolean looksBack() {
        return true;
      }
    }
  }

  /** Draws a pattern; may be one that flink-cep refuses. */
  static RandomPattern draw(Random random) {
    return PatternDraw.draw(random);
  }

  /** Letters that some stage names; with them the pattern can be filtered. */
  String letters() {
    return PatternTraits.letters(this);
  }

  /** True when a signal that no condition accepts makes no difference. */
  boolean filterable() {
    return PatternTraits.filterable(this);
  }

  boolean absenceLast() {
    return PatternTraits.absenceLast(stages);
  }

  /** By the words of the pattern: flink-cep would go round in it for ever. */
  boolean repeatsNothing() {
    return PatternTraits.repeatsNothing(stages);
  }

  boolean branches() {
    return PatternTraits.branches(stages);
  }

  boolean hasStepWindows() {
    return PatternTraits.hasStepWindows(stages);
  }

  /** Builds flink-cep's pattern; throws what flink-cep throws. */
  Pattern<Signal, ?> build() {
    return PatternBuild.build(this);
  }

  /** Some patterns open exponentially many matches: a run that evaluates more conditions fails. */
  static void budget(int conditions) {
    PatternBuild.budget(conditions);
  }

  /** The pattern as one would write it. */
  @Override
  public String toString() {
    return PatternText.print(stages, skip) + (within > 0 ? ".within(" + within + " ms)" : "");
  }
}
