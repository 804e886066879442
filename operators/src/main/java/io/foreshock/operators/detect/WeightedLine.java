package io.foreshock.operators.detect;

import java.io.IOException;
import java.time.Duration;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Straight line through readings whose weight decays exponentially with age: weighted least squares
 * by recursion.
 *
 * <p>Numerically stable: only means and central moments are kept (West, Communications of the ACM
 * 22(9), 1979), and time is counted back from the last reading, so nothing grows with the age of
 * the asset. The squared weights are kept likewise, which makes the standard error of the slope
 * exact for independent errors of equal variance, at any spacing.
 */
final class WeightedLine {
  private final Decay decay;

  // Weighted by w: sum of weights, means and central moments. Hours before the last reading are
  // negative.
  private double weight;
  private double meanHours;
  private double meanValue;
  private double momentHours;
  private double momentBoth;
  private double momentValue;

  // Weighted by w squared.
  private double squareWeight;
  private double squareMeanHours;
  private double squareMomentHours;

  WeightedLine(Duration timeConstant) {
    decay = new Decay(timeConstant);
  }

  void add(long stepMillis, double value) {
    double w = weight == 0 ? 0 : decay.kept(stepMillis);
    double stepHours = stepMillis / 3_600_000.0;
    weight *= w;
    momentHours *= w;
    momentBoth *= w;
    momentValue *= w;
    squareWeight *= w * w;
    squareMomentHours *= w * w;
    meanHours -= stepHours;
    squareMeanHours -= stepHours;

    // The new reading: weight 1 at hour 0.
    weight += 1;
    double awayHours = -meanHours;
    double awayValue = value - meanValue;
    meanHours += awayHours / weight;
    meanValue += awayValue / weight;
    momentHours += awayHours * -meanHours;
    momentBoth += awayHours * (value - meanValue);
    momentValue += awayValue * (value - meanValue);

    squareWeight += 1;
    double squareAway = -squareMeanHours;
    squareMeanHours += squareAway / squareWeight;
    squareMomentHours += squareAway * -squareMeanHours;
  }

  /** Rise per hour. */
  double slopePerHour() {
    return momentBoth / momentHours;
  }

  /** Standard error of the slope, from the scatter around the line. */
  double slopeError() {
    double between = squareMeanHours - meanHours;
    double spread = squareMomentHours + squareWeight * between * between;
    double freedom = weight - squareWeight / weight - spread / momentHours;
    double residual = Math.max(0, momentValue - momentBoth * slopePerHour());
    return Math.sqrt(residual / freedom * spread) / momentHours;
  }

  /** How many readings of equal weight would count as much (Kish). */
  double effectiveReadings() {
    return weight * weight / squareWeight;
  }

  /** Standard deviation of the reading times; tends to the time constant. */
  double spreadHours() {
    return Math.sqrt(momentHours / weight);
  }

  void reset() {
    weight = 0;
    meanHours = 0;
    meanValue = 0;
    momentHours = 0;
    momentBoth = 0;
    momentValue = 0;
    squareWeight = 0;
    squareMeanHours = 0;
    squareMomentHours = 0;
  }

  void write(DataOutputView out) throws IOException {
    out.writeDouble(weight);
    out.writeDouble(meanHours);
    out.writeDouble(meanValue);
    out.writeDouble(momentHours);
    out.writeDouble(momentBoth);
    out.writeDouble(momentValue);
    out.writeDouble(squareWeight);
    out.writeDouble(squareMeanHours);
    out.writeDouble(squareMomentHours);
  }

  void read(DataInputView in) throws IOException {
    weight = in.readDouble();
    meanHours = in.readDouble();
    meanValue = in.readDouble();
    momentHours = in.readDouble();
    momentBoth = in.readDouble();
    momentValue = in.readDouble();
    squareWeight = in.readDouble();
    squareMeanHours = in.readDouble();
    squareMomentHours = in.readDouble();
  }
}
