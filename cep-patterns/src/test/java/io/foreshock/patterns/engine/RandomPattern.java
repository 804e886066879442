package io.foreshock.patterns.engine;

import io.foreshock.model.Signal;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.apache.flink.cep.nfa.aftermatch.AfterMatchSkipStrategy;
import org.apache.flink.cep.pattern.Pattern;
import org.apache.flink.cep.pattern.WithinType;
import org.apache.flink.cep.pattern.conditions.IterativeCondition;
import org.apache.flink.cep.pattern.conditions.SimpleCondition;

/**
 * A random pattern over the whole of flink-cep's language, as a tree that prints as Java. Stages
 * take letters a to d; times are milliseconds.
 */
record RandomPattern(List<Stage> stages, String skip, int within) {

  private static final String[] LETTERS = {"a", "b", "c", "d"};

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
    List<String> names = new ArrayList<>();
    List<Stage> stages = stages(random, 1 + random.nextInt(4), 0, names);
    String skip =
        switch (random.nextInt(6)) {
          case 0, 1 -> "noSkip";
          case 2 -> "skipToNext";
          case 3 -> "skipPastLastEvent";
          case 4 -> "skipToFirst:" + names.get(random.nextInt(names.size()));
          default -> "skipToLast:" + names.get(random.nextInt(names.size()));
        };
    int within = random.nextInt(4) > 0 ? 4 + random.nextInt(20) : 0;
    RandomPattern pattern = new RandomPattern(stages, skip, within);
    return within > 0 || !pattern.absenceLast() ? pattern : new RandomPattern(stages, skip, 10);
  }

  private static List<Stage> stages(Random random, int count, int depth, List<String> names) {
    List<Stage> stages = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      boolean first = i == 0;
      String name = "s" + names.size();
      String link =
          first
              ? "begin"
              : switch (random.nextInt(10)) {
                case 0, 1 -> "next";
                case 2, 3, 4, 5 -> "followedBy";
                case 6 -> "followedByAny";
                case 7 -> "notNext";
                default -> "notFollowedBy";
              };
      boolean group = depth == 0 && !link.startsWith("not") && random.nextInt(6) == 0;
      List<Stage> inner = List.of();
      Condition condition = new Condition.Always();
      if (group) {
        inner = stages(random, 1 + random.nextInt(2), 1, names);
      } else {
        names.add(name);
        condition = condition(random, names, random.nextInt(4) == 0);
      }
      boolean negative = link.startsWith("not");
      stages.add(
          new Stage(
              name,
              link,
              condition,
              inner,
              negative ? one() : quantifier(random, names, group),
              !first && random.nextInt(10) == 0 ? 2 + random.nextInt(4) : 0));
    }
    return stages;
  }

  private static Quantifier one() {
    return new Quantifier("one", 1, 1, 0, false, false, "", null);
  }

  private static Quantifier quantifier(Random random, List<String> names, boolean group) {
    String kind =
        switch (random.nextInt(8)) {
          case 0 -> "times";
          case 1 -> "range";
          case 2, 3 -> "loop";
          default -> "one";
        };
    int from = 1 + random.nextInt(2);
    boolean many = !kind.equals("one");
    String inner =
        many
            ? switch (random.nextInt(5)) {
              case 0 -> "consecutive";
              case 1 -> "allowCombinations";
              default -> "";
            }
            : "";
    boolean greedy = many && !group && !inner.equals("allowCombinations") && random.nextInt(4) == 0;
    Condition until =
        kind.equals("loop") && random.nextInt(4) == 0 ? condition(random, names, false) : null;
    return new Quantifier(
        kind,
        from,
        from + random.nextInt(2),
        many && random.nextInt(8) == 0 ? 2 + random.nextInt(4) : 0,
        random.nextInt(5) == 0,
        greedy,
        inner,
        until);
  }

  private static Condition condition(Random random, List<String> names, boolean looksBack) {
    if (random.nextInt(20) == 0) {
      return new Condition.Always();
    }
    TreeSet<String> letters = new TreeSet<>();
    letters.add(LETTERS[random.nextInt(LETTERS.length)]);
    if (random.nextInt(4) == 0) {
      letters.add(LETTERS[random.nextInt(LETTERS.length)]);
    }
    Condition base = new Condition.Letters(String.join("", letters));
    if (random.nextInt(4) == 0) {
      base = new Condition.Above(base, random.nextInt(6));
    }
    if (looksBack) {
      String stage = names.get(random.nextInt(names.size()));
      return random.nextBoolean()
          ? new Condition.Rising(base, stage)
          : new Condition.SumBelow(base, stage, 8 + random.nextInt(16));
    }
    return base;
  }

  /** Letters that some stage names; with them the pattern can be filtered. */
  String letters() {
    TreeSet<String> letters = new TreeSet<>();
    collect(stages, letters);
    return String.join("", letters);
  }

  private static void collect(List<Stage> stages, TreeSet<String> letters) {
    for (Stage stage : stages) {
      add(stage.condition, letters);
      if (stage.quantifier.until != null) {
        add(stage.quantifier.until, letters);
      }
      collect(stage.group, letters);
    }
  }

  private static void add(Condition condition, TreeSet<String> letters) {
    if (condition instanceof Condition.Letters named) {
      letters.addAll(List.of(named.letters.split("")));
    } else if (condition instanceof Condition.Above above) {
      add(above.base, letters);
    } else if (condition instanceof Condition.Rising rising) {
      add(rising.base, letters);
    } else if (condition instanceof Condition.SumBelow sum) {
      add(sum.base, letters);
    }
  }

  /**
   * True when a signal that no condition accepts makes no difference. With a skip strategy, of
   * several matches that begin with the same signal flink-cep keeps the one that its queue happens
   * to give first, and any signal may reorder the queue. And an absence before an optional group is
   * forgotten by stock flink-cep as soon as any signal comes between, and a greedy loop may end
   * early.
   */
  boolean filterable() {
    return !hasStepWindows()
        && (skip.equals("noSkip") || !branches(stages))
        && !absenceBeforeOptional(stages)
        && filterable(stages)
        && !(absenceLast()
            && stages.stream()
                .anyMatch(stage -> !stage.group.isEmpty() && !stage.quantifier.kind.equals("one")));
  }

  private static boolean branches(List<Stage> stages) {
    return stages.stream()
        .anyMatch(
            stage ->
                stage.link.equals("followedByAny")
                    || stage.quantifier.optional
                    || !stage.quantifier.kind.equals("one")
                    || branches(stage.group));
  }

  private static boolean absenceBeforeOptional(List<Stage> stages) {
    for (int i = 1; i < stages.size(); i++) {
      if (stages.get(i - 1).negative() && stages.get(i).quantifier.optional) {
        return true;
      }
    }
    return stages.stream().anyMatch(stage -> absenceBeforeOptional(stage.group));
  }

  boolean absenceLast() {
    Stage last = stages.get(stages.size() - 1);
    while (!last.group.isEmpty()) {
      last = last.group.get(last.group.size() - 1);
    }
    return last.link.equals("notFollowedBy");
  }

  private static boolean filterable(List<Stage> stages) {
    for (Stage stage : stages) {
      boolean strict =
          stage.link.equals("next")
              || stage.link.equals("notNext")
              || stage.quantifier.inner.equals("consecutive")
              || (stage.group.isEmpty() && stage.condition instanceof Condition.Always)
              || stage.quantifier.until instanceof Condition.Always
              || stage.quantifier.greedy;
      if (strict || !filterable(stage.group)) {
        return false;
      }
    }
    return true;
  }

  boolean hasStepWindows() {
    return hasStepWindows(stages);
  }

  private static boolean hasStepWindows(List<Stage> stages) {
    return stages.stream()
        .anyMatch(
            stage ->
                stage.stepWithin > 0
                    || stage.quantifier.stepWithin > 0
                    || hasStepWindows(stage.group));
  }

  /** Builds flink-cep's pattern; throws what flink-cep throws. */
  Pattern<Signal, ?> build() {
    Pattern<Signal, Signal> pattern = build(stages, strategy());
    return within > 0 ? pattern.within(Duration.ofMillis(within)) : pattern;
  }

  private AfterMatchSkipStrategy strategy() {
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
      if (stage.group.isEmpty()) {
        pattern =
            switch (stage.link) {
              case "begin" -> Pattern.begin(stage.name, skip);
              case "next" -> last.next(stage.name);
              case "followedBy" -> last.followedBy(stage.name);
              case "followedByAny" -> last.followedByAny(stage.name);
              case "notNext" -> last.notNext(stage.name);
              default -> last.notFollowedBy(stage.name);
            };
        pattern.where(condition(stage.condition));
      } else {
        Pattern<Signal, Signal> group = build(stage.group, skip);
        pattern =
            switch (stage.link) {
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
    Quantifier quantifier = stage.quantifier;
    Duration step = quantifier.stepWithin > 0 ? Duration.ofMillis(quantifier.stepWithin) : null;
    switch (quantifier.kind) {
      case "times" -> pattern.times(quantifier.from, step);
      case "range" -> pattern.times(quantifier.from, quantifier.to, step);
      case "loop" -> pattern.timesOrMore(quantifier.from, step);
      default -> {}
    }
    switch (quantifier.inner) {
      case "consecutive" -> pattern.consecutive();
      case "allowCombinations" -> pattern.allowCombinations();
      default -> {}
    }
    if (quantifier.greedy) {
      pattern.greedy();
    }
    if (quantifier.optional) {
      pattern.optional();
    }
    if (quantifier.until != null) {
      pattern.until(condition(quantifier.until));
    }
    if (stage.stepWithin > 0) {
      pattern.within(Duration.ofMillis(stage.stepWithin), WithinType.PREVIOUS_AND_CURRENT);
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

  /** The pattern as one would write it. */
  @Override
  public String toString() {
    return print(stages, skip) + (within > 0 ? ".within(" + within + " ms)" : "");
  }

  private static String print(List<Stage> stages, String skip) {
    StringBuilder text = new StringBuilder();
    for (Stage stage : stages) {
      text.append(text.isEmpty() ? "" : "\n  .").append(stage.link).append('(');
      if (stage.group.isEmpty()) {
        text.append('"').append(stage.name).append('"');
      } else {
        text.append(print(stage.group, ""));
      }
      text.append(stage.link.equals("begin") && !skip.isEmpty() ? ", " + skip + ")" : ")");
      if (stage.group.isEmpty()) {
        text.append(".where(").append(stage.condition).append(')');
      }
      Quantifier quantifier = stage.quantifier;
      String step = quantifier.stepWithin > 0 ? ", " + quantifier.stepWithin + " ms" : "";
      switch (quantifier.kind) {
        case "times" -> text.append(".times(" + quantifier.from + step + ")");
        case "range" ->
            text.append(".times(" + quantifier.from + ", " + quantifier.to + step + ")");
        case "loop" -> text.append(".timesOrMore(" + quantifier.from + step + ")");
        default -> {}
      }
      text.append(quantifier.inner.isEmpty() ? "" : "." + quantifier.inner + "()");
      text.append(quantifier.greedy ? ".greedy()" : "");
      text.append(quantifier.optional ? ".optional()" : "");
      text.append(quantifier.until != null ? ".until(" + quantifier.until + ")" : "");
      text.append(
          stage.stepWithin > 0 ? ".within(" + stage.stepWithin + " ms, PREVIOUS_AND_CURRENT)" : "");
    }
    return text.toString();
  }
}
