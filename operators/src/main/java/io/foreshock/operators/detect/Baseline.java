package io.foreshock.operators.detect;

import io.foreshock.state.Fields;
import java.io.IOException;
import java.time.Duration;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * What is normal for one channel of one asset: location and scale, learned robustly over the first
 * stretch of readings, then anchored.
 *
 * <p><b>Learning.</b> Scale: interquartile range / 1.349, by {@link Quartiles}; a quarter of the
 * readings may be wrong. Location: mean of the readings within {@value #OUTLIER} scales of the
 * running median (Hampel's identifier; a median alone would be biased against averages of a skewed
 * channel). More than {@value #RUN} outliers in a row are a change of level, not outliers. For a
 * caller that averages, the scale of the averages themselves is learned too: readings of a slow
 * process are not independent, and their average varies more than the square root of its variance
 * factor says (EWMAST chart: Zhang, Technometrics 40(1), 1998).
 *
 * <p><b>How long.</b> A step between two readings counts at most a {@value #LEAST_READINGS}th of
 * the duration, so time offline does not count as learned, and no baseline rests on fewer readings.
 * A channel that never moved has no scale: learning goes on until it does.
 *
 * <p><b>Afterwards</b> the scale is fixed; {@link #follow} moves the location with a time constant
 * of {@value #FOLLOW} times the duration, never further than one scale from the anchor in total.
 */
final class Baseline {
  static final int LEAST_READINGS = 20;
  static final int FOLLOW = 10;
  static final double OUTLIER = 4;
  static final int RUN = 4;

  /** Readings before an outlier can be told. */
  private static final int FIRST_READINGS = 10;

  /** Interquartile range of the normal distribution with variance 1. */
  private static final double NORMAL_QUARTILES = 1.3489795003921634;

  private final long durationMillis;
  private final long longestStepMillis;
  private final long settledMillis;
  private final Decay followDecay;

  private boolean learned;

  // While learning.
  private final Quartiles readings = new Quartiles();
  private final Quartiles averages = new Quartiles();
  private long learnedMillis;
  private double previous;
  private double resolution;
  private int outlierRun;
  private double mean;

  // While learning and afterwards: readings behind the location.
  private int accepted;

  // Once learned.
  private double anchor;
  private double location;
  private double sigma;
  private double averageSigma;

  /**
   * @param duration how long to learn
   * @param smooth time constant of the average given to {@link #learn}; zero when there is none
   */
  Baseline(Duration duration, Duration smooth) {
    durationMillis = duration.toMillis();
    longestStepMillis = Math.max(1, durationMillis / LEAST_READINGS);
    settledMillis = smooth.toMillis();
    followDecay = new Decay((double) FOLLOW * durationMillis);
  }

  boolean learned() {
    return learned;
  }

  double location() {
    return location;
  }

  double sigma() {
    return sigma;
  }

  /**
   * Standard error of the difference between an average and the location.
   *
   * @param varianceFactor sum of the squared weights of the average
   */
  double standardError(double varianceFactor) {
    double ofAverage = Math.max(sigma * sigma * varianceFactor, averageSigma * averageSigma);
    return Math.sqrt(ofAverage + sigma * sigma / accepted);
  }

  /**
   * Learns a reading.
   *
   * @param average takes the readings that are no outliers; null when the caller has none
   */
  void learn(long stepMillis, double value, Ewma average) {
    learnedMillis += Math.min(stepMillis, longestStepMillis);
    learnResolution(value);
    boolean outlier = isOutlier(value);
    outlierRun = outlier ? outlierRun + 1 : 0;
    boolean takes = !outlier || outlierRun > RUN;
    boolean tells = readings.count() >= FIRST_READINGS;
    readings.add(value);
    if (takes && tells) {
      accepted++;
      mean += (value - mean) / accepted;
    }
    if (takes && average != null) {
      average.add(stepMillis, value);
      if (tells && learnedMillis >= settledMillis) {
        averages.add(average.mean());
      }
    }
    if (learnedMillis >= durationMillis && accepted > 0 && scale() > 0) {
      anchor();
    }
  }

  private boolean isOutlier(double value) {
    return readings.count() >= FIRST_READINGS
        && Math.abs(value - readings.median()) > OUTLIER * scale();
  }

  private void learnResolution(double value) {
    double change = Math.abs(value - previous);
    if (readings.count() > 0 && change > 0 && (resolution == 0 || change < resolution)) {
      resolution = change;
    }
    previous = value;
  }

  /** At least the noise of rounding: half the readings of a coarse channel may be equal. */
  private double scale() {
    return Math.max(readings.interquartileRange() / NORMAL_QUARTILES, resolution / Math.sqrt(12));
  }

  private void anchor() {
    sigma = scale();
    averageSigma = averages.interquartileRange() / NORMAL_QUARTILES;
    anchor = mean;
    location = mean;
    learned = true;
  }

  /** Lets the location follow a normal reading. The caller keeps abnormal times away. */
  void follow(long stepMillis, double value) {
    double away = value - location;
    if (Math.abs(away) > OUTLIER * sigma) {
      return;
    }
    double weight = 1 - followDecay.kept(Math.min(stepMillis, longestStepMillis));
    double moved = location + weight * away;
    location = Math.max(anchor - sigma, Math.min(anchor + sigma, moved));
  }

  void reset() {
    learned = false;
    readings.reset();
    averages.reset();
    learnedMillis = 0;
    previous = 0;
    resolution = 0;
    outlierRun = 0;
    mean = 0;
    accepted = 0;
  }

  void write(DataOutputView out) throws IOException {
    out.writeBoolean(learned);
    Fields.writeVarInt(accepted, out);
    if (learned) {
      out.writeDouble(anchor);
      out.writeDouble(location);
      out.writeDouble(sigma);
      out.writeDouble(averageSigma);
      return;
    }
    readings.write(out);
    averages.write(out);
    Fields.writeVarLong(learnedMillis, out);
    out.writeDouble(previous);
    out.writeDouble(resolution);
    Fields.writeVarInt(outlierRun, out);
    out.writeDouble(mean);
  }

  void read(DataInputView in) throws IOException {
    reset();
    learned = in.readBoolean();
    accepted = Fields.readVarInt(in);
    if (learned) {
      anchor = in.readDouble();
      location = in.readDouble();
      sigma = in.readDouble();
      averageSigma = in.readDouble();
      return;
    }
    readings.read(in);
    averages.read(in);
    learnedMillis = Fields.readVarLong(in);
    previous = in.readDouble();
    resolution = in.readDouble();
    outlierRun = Fields.readVarInt(in);
    mean = in.readDouble();
  }
}
