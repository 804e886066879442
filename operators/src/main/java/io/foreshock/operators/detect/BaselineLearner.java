package io.foreshock.operators.detect;

import io.foreshock.state.Fields;
import java.io.IOException;
import java.time.Duration;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Learns location and scale of one channel of one asset, although some of the readings are wrong.
 *
 * <p>The first fifth of the time serves to set up {@link Fences}. What comes after counts if it
 * lies within; a reading outside is left out. More than {@value #RUN} of those in a row may be a
 * change of level, and count as if they lay at the fence. Location and scale are mean and standard
 * deviation of what counts, not median and quartiles, against which the averages of a skewed
 * channel would be biased; only if the two disagree grossly do the quartiles decide.
 *
 * <p>For a caller that averages, the scale of the averages is learned too: readings of a slow
 * process are not independent, and their average varies more than the square root of its variance
 * factor says (EWMAST chart: Zhang, Technometrics 40(1), 1998).
 *
 * <p>A step between two readings counts at most a {@value #LEAST_READINGS}th of the duration, so
 * time offline does not count as learned, and no baseline rests on fewer readings. A channel that
 * never moved has no scale: learning goes on until it does.
 */
final class BaselineLearner {
  static final int LEAST_READINGS = 20;
  static final int RUN = 4;

  /** Readings, and share of the duration, before outliers are told. */
  private static final int FIRST_READINGS = 10;

  private static final int FIRST_SHARE = 5;

  /** Standard deviation over quartile scale above which outliers must have slipped in. */
  private static final double GROSS = 2;

  private final long durationMillis;
  private final long longestStepMillis;
  private final long settledMillis;

  private final Fences fences = new Fences();
  private final Quartiles averages = new Quartiles();
  private long learnedMillis;
  private boolean fenced;
  private double previous;
  private double resolution;
  private int outlierRun;
  private int counted;
  private double mean;
  private double squares;

  /**
   * @param duration how long to learn
   * @param smooth time constant of the average given to {@link #learn}; zero when there is none
   */
  BaselineLearner(Duration duration, Duration smooth) {
    durationMillis = duration.toMillis();
    longestStepMillis = Math.max(1, durationMillis / LEAST_READINGS);
    settledMillis = durationMillis / FIRST_SHARE + smooth.toMillis();
  }

  /**
   * Learns a reading.
   *
   * @param average takes what counts; null when the caller has none
   * @return whether enough is known now
   */
  boolean learn(long stepMillis, double value, Ewma average) {
    learnedMillis += Math.min(stepMillis, longestStepMillis);
    learnResolution(value);
    if (fenced) {
      double within = fences.within(value, resolution);
      outlierRun = within == value ? 0 : outlierRun + 1;
      if (outlierRun == 0 || outlierRun > RUN) {
        count(stepMillis, within, average);
      }
    }
    fences.add(value, resolution);
    if (fences.count() >= FIRST_READINGS && learnedMillis >= durationMillis / FIRST_SHARE) {
      fenced = true;
      fences.settle();
    }
    return learnedMillis >= durationMillis && counted > 1 && scale() > 0;
  }

  private void learnResolution(double value) {
    double change = Math.abs(value - previous);
    if (fences.count() > 0 && change > 0 && (resolution == 0 || change < resolution)) {
      resolution = change;
    }
    previous = value;
  }

  private void count(long stepMillis, double value, Ewma average) {
    counted++;
    double away = value - mean;
    mean += away / counted;
    squares += away * (value - mean);
    if (average != null) {
      average.add(stepMillis, value);
      if (learnedMillis >= settledMillis) {
        averages.add(average.mean());
      }
    }
  }

  /** Readings that count. */
  int counted() {
    return counted;
  }

  double location() {
    return isGross() ? fences.median() : mean;
  }

  double scale() {
    return Math.max(isGross() ? fences.scale() : deviation(), rounding());
  }

  /** Standard deviation of the averages; 0 when there were none, or too few. */
  double averageScale() {
    return Fences.scale(averages.quartile(1), averages.quartile(3));
  }

  private boolean isGross() {
    return deviation() > GROSS * Math.max(fences.scale(), rounding());
  }

  private double deviation() {
    return Math.sqrt(squares / (counted - 1));
  }

  /** Most readings of a coarse channel may be equal: what rounding to its steps adds. */
  private double rounding() {
    return resolution / Math.sqrt(12);
  }

  void reset() {
    fences.reset();
    averages.reset();
    learnedMillis = 0;
    fenced = false;
    previous = 0;
    resolution = 0;
    outlierRun = 0;
    counted = 0;
    mean = 0;
    squares = 0;
  }

  void write(DataOutputView out) throws IOException {
    fences.write(out);
    averages.write(out);
    Fields.writeVarLong(learnedMillis, out);
    out.writeBoolean(fenced);
    out.writeDouble(previous);
    out.writeDouble(resolution);
    Fields.writeVarInt(outlierRun, out);
    Fields.writeVarInt(counted, out);
    out.writeDouble(mean);
    out.writeDouble(squares);
  }

  void read(DataInputView in) throws IOException {
    fences.read(in);
    averages.read(in);
    learnedMillis = Fields.readVarLong(in);
    fenced = in.readBoolean();
    previous = in.readDouble();
    resolution = in.readDouble();
    outlierRun = Fields.readVarInt(in);
    counted = Fields.readVarInt(in);
    mean = in.readDouble();
    squares = in.readDouble();
  }
}
