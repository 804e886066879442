package io.foreshock.operators.detect;

import io.foreshock.state.Fields;
import java.io.IOException;
import java.time.Duration;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * What is normal for one channel of one asset: location and scale, learned over the first stretch
 * of readings ({@link BaselineLearner}), then anchored.
 *
 * <p>Once learned, the scale is fixed; {@link #follow} moves the location with a time constant of
 * {@value #FOLLOW} times the learning time, never further than one scale from the anchor in total.
 */
final class Baseline {
  static final int FOLLOW = 10;

  /** Scales from the location within which a reading moves it. */
  private static final double FOLLOWED = 4;

  private final BaselineLearner learner;
  private final long longestStepMillis;
  private final Decay followDecay;

  private boolean learned;
  private double anchor;
  private double location;
  private double sigma;
  private double averageSigma;
  private int readings;

  /**
   * @param duration how long to learn
   * @param smooth time constant of the average given to {@link #learn}; zero when there is none
   */
  Baseline(Duration duration, Duration smooth) {
    learner = new BaselineLearner(duration, smooth);
    longestStepMillis = duration.toMillis();
    followDecay = new Decay((double) FOLLOW * duration.toMillis());
  }

  boolean learned() {
    return learned;
  }

  double location() {
    return location;
  }

  /** Standard deviation of one reading. */
  double sigma() {
    return sigma;
  }

  /**
   * Standard error of the difference between an average and the location: the average's own, by its
   * weights or as learned, whichever is larger, and that of the location.
   *
   * @param varianceFactor sum of the squared weights of the average
   */
  double standardError(double varianceFactor) {
    double variance = sigma * sigma;
    return Math.sqrt(
        Math.max(variance * varianceFactor, averageSigma * averageSigma) + variance / readings);
  }

  /**
   * Learns a reading.
   *
   * @param average takes the readings that are no outliers; null when the caller has none
   */
  void learn(long stepMillis, double value, Ewma average) {
    if (learner.learn(stepMillis, value, average)) {
      learned = true;
      anchor = learner.location();
      location = anchor;
      sigma = learner.scale();
      averageSigma = learner.averageScale();
      readings = learner.counted();
      learner.reset();
    }
  }

  /** Lets the location follow a normal reading. The caller keeps abnormal times away. */
  void follow(long stepMillis, double value) {
    double away = value - location;
    if (Math.abs(away) > FOLLOWED * sigma) {
      return;
    }
    double weight = 1 - followDecay.kept(Math.min(stepMillis, longestStepMillis));
    double moved = location + weight * away;
    location = Math.max(anchor - sigma, Math.min(anchor + sigma, moved));
  }

  void reset() {
    learned = false;
    learner.reset();
  }

  void write(DataOutputView out) throws IOException {
    out.writeBoolean(learned);
    if (!learned) {
      learner.write(out);
      return;
    }
    out.writeDouble(anchor);
    out.writeDouble(location);
    out.writeDouble(sigma);
    out.writeDouble(averageSigma);
    Fields.writeVarInt(readings, out);
  }

  void read(DataInputView in) throws IOException {
    learned = in.readBoolean();
    if (!learned) {
      learner.read(in);
      return;
    }
    anchor = in.readDouble();
    location = in.readDouble();
    sigma = in.readDouble();
    averageSigma = in.readDouble();
    readings = Fields.readVarInt(in);
  }
}
