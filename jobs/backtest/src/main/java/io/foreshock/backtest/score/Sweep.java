package io.foreshock.backtest.score;

import java.util.List;
import java.util.Optional;

/**
 * What one value of a pattern does to lead time, recall and false alarms.
 *
 * @param pattern name of the pattern
 * @param path key of the value in the pattern, e.g. {@code symptoms.hot.above}
 * @param current the value that stands in the pattern, as written there
 * @param unit unit of the values; empty when they have none
 * @param points one for each value, in the order asked for
 * @param best index of the point with the best F1 of the pattern: on the training assets with a
 *     split, on all without; of equals the one with fewer false alarms, then the first; -1 when no
 *     point has an F1
 * @param chosenOnTrain whether {@code best} was chosen on training assets alone
 */
public record Sweep(
    String pattern,
    String path,
    String current,
    String unit,
    List<Point> points,
    int best,
    boolean chosenOnTrain) {
  public Sweep {
    points = List.copyOf(points);
  }

  /**
   * One value.
   *
   * @param text the value as it would stand in the pattern, with its unit
   * @param number the value without its unit, for an axis; the position from 1 when it is no number
   * @param all the pattern on its own, on every asset
   * @param split the same on training and test assets apart; empty without a split
   * @param overall the alarms of all patterns together with this value, on every asset
   */
  public record Point(
      String text, double number, Measures all, Optional<SplitMeasures> split, Score overall) {}

  /** Measures of training and test assets. */
  public record SplitMeasures(Measures train, Measures test) {}

  public Optional<Point> bestPoint() {
    return best < 0 ? Optional.empty() : Optional.of(points.get(best));
  }
}
