package io.foreshock.patterns.engine;

import io.foreshock.model.Signal;
import io.foreshock.patterns.engine.RandomPattern.Condition;
import io.foreshock.patterns.engine.RandomPattern.Quantifier;
import io.foreshock.patterns.engine.RandomPattern.Stage;
import java.time.Duration;
import java.util.List;
import org.apache.flink.cep.nfa.aftermatch.AfterMatchSkipStrategy;
import org.apache.flink.cep.pattern.Pattern;
import org.apache.flink.cep.pattern.WithinType;
import org.apache.flink.cep.pattern.conditions.IterativeCondition;
import org.apache.flink.cep.pattern.conditions.SimpleCondition;

/** Builds flink-cep's pattern from a random one. */
final class PatternBuild {

  private PatternBuild() {}

  /** Builds flink-cep's pattern; throws what flink-cep throws. */
  static Pattern<Signal, ?> build(RandomPattern pattern) {
    Pattern<Signal, Signal> built = build(pattern.stages(), strategy(pattern.skip()));
    return pattern.within() > 0 ? built.within(Duration.ofMillis(pattern.within())) : built;
  }

  private static AfterMatchSkipStrategy strategy(String skip) {
    String name = skip.substring(skip.indexOf(':') + 1);
    return switch (skip.replaceAll(":.*", "")) {
      case "noSkip" -> AfterMatchSkipStrategy.noSkip();
      case "skipToNext" -> AfterMatchSkipStrategy.skipToNext();
      case "skipPastLastEvent" -> AfterMatchSkipStrategy.skipPastLastEvent();
      case "skipToFirst" -> AfterMatchSkipStrategy.skipToFirst(name);
      default -> AfterMatchSkipStrategy.skipToLast(name);
    };
  }

  private static Pattern<Signal, Signal> build(List<Stage> stages, AfterMatchSkipStrategy skip) {
    Pattern<Signal, Signal> pattern = null;
    for (Stage stage : stages) {
      Pattern<Signal, Signal> last = pattern;
      if (stage.group().isEmpty()) {
        pattern =
            switch (stage.link()) {
              case "begin" -> Pattern.begin(stage.name(), skip);
              case "next" -> last.next(stage.name());
              case "followedBy" -> last.followedBy(stage.name());
              case "followedByAny" -> last.followedByAny(stage.name());
              case "notNext" -> last.notNext(stage.name());
              default -> last.notFollowedBy(stage.name());
            };
        pattern.where(condition(stage.condition()));
      } else {
        Pattern<Signal, Signal> group = build(stage.group(), skip);
        pattern =
            switch (stage.link()) {
              case "begin" -> Pattern.begin(group, skip);
              case "next" -> last.next(group);
              case "followedByAny" -> last.followedByAny(group);
              default -> last.followedBy(group);
            };
      }
      quantify(pattern, stage);
    }
    return pattern;
  }

  private static void quantify(Pattern<Signal, Signal> pattern, Stage stage) {
    Quantifier quantifier = stage.quantifier();
    Duration step = quantifier.stepWithin() > 0 ? Duration.ofMillis(quantifier.stepWithin()) : null;
    switch (quantifier.kind()) {
      case "times" -> pattern.times(quantifier.from(), step);
      case "range" -> pattern.times(quantifier.from(), quantifier.to(), step);
      case "loop" -> pattern.timesOrMore(quantifier.from(), step);
      default -> {}
    }
    switch (quantifier.inner()) {
      case "consecutive" -> pattern.consecutive();
      case "allowCombinations" -> pattern.allowCombinations();
      default -> {}
    }
    if (quantifier.greedy()) {
      pattern.greedy();
    }
    if (quantifier.optional()) {
      pattern.optional();
    }
    if (quantifier.until() != null) {
      pattern.until(condition(quantifier.until()));
    }
    if (stage.stepWithin() > 0) {
      pattern.within(Duration.ofMillis(stage.stepWithin()), WithinType.PREVIOUS_AND_CURRENT);
    }
  }

  private static IterativeCondition<Signal> condition(Condition condition) {
    if (!condition.looksBack()) {
      return SimpleCondition.of(
          signal -> {
            spend();
            return condition.test(signal, null);
          });
    }
    return new IterativeCondition<>() {
      private static final long serialVersionUID = 1L;

      @Override
      public boolean filter(Signal signal, Context<Signal> context) throws Exception {
        spend();
        return condition.test(signal, context);
      }
    };
  }

  private static int budget;

  /** Some patterns open exponentially many matches: a run that evaluates more conditions fails. */
  static void budget(int conditions) {
    budget = conditions;
  }

  private static void spend() {
    if (--budget < 0) {
      throw new IllegalStateException("The pattern opens too many matches for a test.");
    }
  }
}
