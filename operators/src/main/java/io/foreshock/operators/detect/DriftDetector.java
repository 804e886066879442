package io.foreshock.operators.detect;

import io.foreshock.operators.detect.DetectorSpec.Side;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Deviation from the asset's own {@link Baseline}: EWMA control chart.
 *
 * <p>Timeline: {@code learning (no symptom) → average beyond limitSigma, unbroken for hold → onset
 * → … → at or inside clearSigma: cleared}.
 *
 * <p>The statistic is {@code (average - location) / standard error}. The standard error follows the
 * weights exactly, so it is wide after a gap, when the average rests on few readings, and narrows
 * again. The baseline is not followed while the average is beyond the limit on either side, nor
 * while the symptom is on. It follows by at most one sigma in all: a fault that grows slowly is
 * found when it has grown by the limit and that one sigma, however long it took.
 *
 * <p>Score: the statistic, negative below the baseline. Limit: {@code limitSigma} at the onset,
 * {@code clearSigma} at the end, with the same sign; both NaN when maintenance ended it.
 */
final class DriftDetector extends ReadingDetector {
  private final DetectorSpec.Drift spec;
  private final double sign;
  private final Ewma average;
  private final Baseline baseline;
  private final Episode episode;

  DriftDetector(DetectorSpec.Drift spec) {
    this.spec = spec;
    sign = spec.side() == Side.ABOVE ? 1 : -1;
    if (!(spec.clearSigma() <= spec.limitSigma())) {
      throw refused(spec, "clearSigma must not be larger than limitSigma");
    }
    if (spec.baseline().toMillis() <= 0) {
      throw refused(spec, "the baseline takes time");
    }
    average = new Ewma(spec.smooth());
    baseline = new Baseline(spec.baseline(), spec.smooth());
    episode = new Episode(spec.hold());
  }

  @Override
  Outcome onNewReading(long timeMillis, long stepMillis, double value) {
    if (!baseline.learned()) {
      baseline.learn(stepMillis, value, average);
      return Outcome.NONE;
    }
    average.add(stepMillis, value);
    double error = baseline.standardError(average.varianceFactor());
    double deviation = sign * (average.mean() - baseline.location()) / error;
    Outcome outcome =
        episode.update(timeMillis, deviation > spec.limitSigma(), deviation <= spec.clearSigma());
    if (outcome != Outcome.NONE) {
      score = sign * deviation;
      limit = sign * (outcome == Outcome.ONSET ? spec.limitSigma() : spec.clearSigma());
    }
    if (!episode.active() && Math.abs(deviation) <= spec.limitSigma()) {
      baseline.follow(stepMillis, value);
    }
    return outcome;
  }

  @Override
  public Outcome relearn() {
    baseline.reset();
    average.reset();
    score = Double.NaN;
    limit = Double.NaN;
    return episode.end();
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  void resetOwn() {
    baseline.reset();
    average.reset();
    episode.end();
  }

  @Override
  void writeOwn(long lastMillis, DataOutputView out) throws IOException {
    episode.write(lastMillis, out);
    average.write(out);
    baseline.write(out);
  }

  @Override
  void readOwn(int version, long lastMillis, DataInputView in) throws IOException {
    episode.read(lastMillis, in);
    average.read(in);
    baseline.read(in);
  }
}
