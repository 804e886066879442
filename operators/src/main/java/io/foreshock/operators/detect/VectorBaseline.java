package io.foreshock.operators.detect;

import io.foreshock.state.Fields;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * What is normal for several channels of one asset together: where their averages lie, how these
 * vary together, and how far they wander by themselves.
 *
 * <p>Learned over the first stretch of vectors: the covariance of the averages' distance from their
 * location ({@link Covariance}), after a first fifth in which both settle; and the semivariogram of
 * each channel at a sixth of the learning time, half the mean square change over it (Matheron,
 * Economic Geology 58, 1963): how fast the variance of a forecast grows with its age. A step counts
 * at most a twentieth of the learning time. Channels that never moved are left out; when all are,
 * learning goes on.
 *
 * <p>The location is the mean of the averages so far while that is shorter than the time constant
 * with which it follows, and follows with it later. The caller decides when it does.
 */
final class VectorBaseline {
  static final int LEAST_VECTORS = 20;
  private static final int SETTLE_SHARE = 5;
  private static final int BLOCK_SHARE = 6;

  private final int channels;
  private final long durationMillis;
  private final long longestStepMillis;
  private final long smoothMillis;
  private final Decay follow;
  private final ChannelAverages averages;
  private final double[] location;

  /** What is learned from; empty afterwards. */
  private final Covariance covariance;

  private final double[] blockStart;
  private final double[] blockSquares;
  private final double[] distance;
  private long learnedMillis;
  private long blockMillis = -1;
  private long blocksMillis;
  private double varianceFactors;

  private boolean learned;
  private double learnedVarianceFactor;
  private final VectorModel model;

  /**
   * @param duration how long to learn
   * @param smooth time constant of the averages; zero for none
   * @param follow time constant with which the location follows; zero when it never does
   */
  VectorBaseline(int channels, Duration duration, Duration smooth, Duration follow) {
    this.channels = channels;
    durationMillis = duration.toMillis();
    longestStepMillis = Math.max(1, durationMillis / LEAST_VECTORS);
    smoothMillis = smooth.toMillis();
    this.follow = follow.isZero() ? null : new Decay(follow);
    averages = new ChannelAverages(channels, smooth);
    location = new double[channels];
    covariance = new Covariance(channels);
    blockStart = new double[channels];
    blockSquares = new double[channels];
    distance = new double[channels];
    model = new VectorModel(channels);
  }

  boolean learned() {
    return learned;
  }

  VectorModel model() {
    return model;
  }

  /** Takes a vector: the averages move, and until enough is known it is learned from. */
  void add(long stepMillis, double[] vector) {
    long step = Math.min(stepMillis, longestStepMillis);
    boolean first = averages.varianceFactor() == 0;
    averages.add(step, vector, !learned);
    if (learned) {
      return;
    }
    learnedMillis += step;
    if (first) {
      locate();
    } else {
      follow(step, learnedMillis);
    }
    if (learnedMillis >= durationMillis / SETTLE_SHARE) {
      covariance.add(distance());
      varianceFactors += averages.varianceFactor();
      noteBlock();
    }
    if (learnedMillis >= durationMillis && covariance.count() >= LEAST_VECTORS) {
      finish();
    }
  }

  private void noteBlock() {
    if (blockMillis >= 0 && learnedMillis - blockMillis < durationMillis / BLOCK_SHARE) {
      return;
    }
    for (int i = 0; i < channels; i++) {
      double moved = averages.mean(i) - blockStart[i];
      blockSquares[i] += blockMillis < 0 ? 0 : moved * moved;
      blockStart[i] = averages.mean(i);
    }
    blocksMillis += blockMillis < 0 ? 0 : learnedMillis - blockMillis;
    blockMillis = learnedMillis;
  }

  private void finish() {
    // Averages of one smoothing time are about one observation.
    double independent =
        Math.min(covariance.count(), learnedMillis / (2.0 * Math.max(1, smoothMillis)));
    boolean wanders = follow != null && blocksMillis > 0;
    if (model.fit(covariance, independent, blockSquares, wanders ? 2.0 * blocksMillis : 0)) {
      learned = true;
      learnedVarianceFactor = varianceFactors / covariance.count();
      forgetLearning();
    }
  }

  /** Distance of each average from its location, in the channel's unit. */
  double[] distance() {
    for (int i = 0; i < channels; i++) {
      distance[i] = averages.mean(i) - location[i];
    }
    return distance;
  }

  /**
   * How much more an average varies than while learning, at least 1: more after a gap, when it
   * rests on few readings.
   */
  double varianceRatio() {
    return Math.max(1, averages.varianceFactor() / learnedVarianceFactor);
  }

  /**
   * Lets the location follow the averages.
   *
   * @param ageMillis for how long the location has been averaged
   */
  void follow(long stepMillis, long ageMillis) {
    long step = Math.min(stepMillis, longestStepMillis);
    double share = (double) step / Math.max(1, ageMillis);
    double weight = follow == null ? learned ? 0 : share : Math.max(share, 1 - follow.kept(step));
    for (int i = 0; i < channels; i++) {
      location[i] += Math.min(1, weight) * (averages.mean(i) - location[i]);
    }
  }

  /** Puts the location where the averages are. */
  void locate() {
    for (int i = 0; i < channels; i++) {
      location[i] = averages.mean(i);
    }
  }

  private void forgetLearning() {
    covariance.reset();
    Arrays.fill(blockStart, 0);
    Arrays.fill(blockSquares, 0);
    learnedMillis = 0;
    blockMillis = -1;
    blocksMillis = 0;
    varianceFactors = 0;
  }

  void reset() {
    averages.reset();
    Arrays.fill(location, 0);
    forgetLearning();
    learned = false;
    learnedVarianceFactor = 0;
    model.reset();
  }

  void write(DataOutputView out) throws IOException {
    averages.write(out);
    Covariance.writeAll(location, out);
    out.writeBoolean(learned);
    if (learned) {
      out.writeDouble(learnedVarianceFactor);
      model.write(out);
      return;
    }
    covariance.write(out);
    Covariance.writeAll(blockStart, out);
    Covariance.writeAll(blockSquares, out);
    Fields.writeVarLong(learnedMillis, out);
    Fields.writeVarLong(blockMillis + 1, out);
    Fields.writeVarLong(blocksMillis, out);
    out.writeDouble(varianceFactors);
  }

  void read(DataInputView in) throws IOException {
    reset();
    averages.read(in);
    Covariance.readAll(location, in);
    learned = in.readBoolean();
    if (learned) {
      learnedVarianceFactor = in.readDouble();
      model.read(in);
      return;
    }
    covariance.read(in);
    Covariance.readAll(blockStart, in);
    Covariance.readAll(blockSquares, in);
    learnedMillis = Fields.readVarLong(in);
    blockMillis = Fields.readVarLong(in) - 1;
    blocksMillis = Fields.readVarLong(in);
    varianceFactors = in.readDouble();
  }
}
