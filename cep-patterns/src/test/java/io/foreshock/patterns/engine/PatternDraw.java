package io.foreshock.patterns.engine;

import io.foreshock.patterns.engine.RandomPattern.Condition;
import io.foreshock.patterns.engine.RandomPattern.Quantifier;
import io.foreshock.patterns.engine.RandomPattern.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

/** Draws random patterns over the whole of flink-cep's language. */
final class PatternDraw {
  private static final String[] LETTERS = {"a", "b", "c", "d"};

  private PatternDraw() {}

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
}
