package io.foreshock.backtest.score;

import io.foreshock.backtest.score.Sweep.Point;
import io.foreshock.backtest.score.Sweep.SplitMeasures;
import io.foreshock.model.Detection;
import io.foreshock.operators.documents.Quantities;
import io.foreshock.patterns.definition.PatternDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Judges the values of a sweep. */
public final class Sweeper {
  private final Question question;
  private final List<Detection> base;

  /**
   * @param question about the patterns as they stand
   * @param base what they reported
   */
  public Sweeper(Question question, List<Detection> base) {
    this.question = question;
    this.base = List.copyOf(base);
  }

  /**
   * @param variants what the patterns of the plan reported, under the names of the plan; others may
   *     be among them
   */
  public Sweep judge(SweepPlan plan, List<Detection> variants) {
    List<Point> points = new ArrayList<>();
    for (SweepPlan.Variant variant : plan.variants()) {
      points.add(point(plan, variant, variants, points.size() + 1));
    }
    boolean train = question.split().isPresent();
    return new Sweep(
        plan.pattern().name(),
        plan.path(),
        plan.current(),
        unit(plan.variants().get(0).text()),
        points,
        best(points, train),
        train);
  }

  private Point point(
      SweepPlan plan, SweepPlan.Variant variant, List<Detection> variants, int position) {
    String name = plan.pattern().name();
    List<Detection> own =
        variants.stream().filter(detection -> detection.pattern().equals(variant.name())).toList();
    PatternDefinition pattern = variant.pattern();
    Sections alone = new Sections(question.about(List.of(pattern)), own);
    Sections together =
        new Sections(
            question,
            Stream.concat(
                    base.stream().filter(detection -> !detection.pattern().equals(name)),
                    own.stream())
                .toList());
    Quantities.Number number = Quantities.number(variant.text());
    return new Point(
        variant.text(),
        number == null ? position : number.value(),
        figures(alone.all()),
        question
            .split()
            .map(
                split ->
                    new SplitMeasures(
                        figures(alone.of(split.train())), figures(alone.of(split.test())))),
        together.all().overall().score());
  }

  private static Measures figures(Section section) {
    return section.patterns().get(0).measures();
  }

  /** Looks at training assets alone when there is a split. */
  private static int best(List<Point> points, boolean train) {
    int best = -1;
    for (int i = 0; i < points.size(); i++) {
      Score score = chosenBy(points.get(i), train);
      if (!Double.isNaN(score.f1())
          && (best < 0 || isBetter(score, chosenBy(points.get(best), train)))) {
        best = i;
      }
    }
    return best;
  }

  private static boolean isBetter(Score now, Score before) {
    int order = Double.compare(now.f1(), before.f1());
    return order > 0 || order == 0 && now.falseAlarms() < before.falseAlarms();
  }

  private static Score chosenBy(Point point, boolean train) {
    Optional<SplitMeasures> split = point.split();
    return train && split.isPresent() ? split.get().train().score() : point.all().score();
  }

  private static String unit(String text) {
    Quantities.Number number = Quantities.number(text);
    return number == null ? "" : number.unit();
  }
}
