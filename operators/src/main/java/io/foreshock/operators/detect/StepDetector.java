package io.foreshock.operators.detect;

import java.io.IOException;
import java.time.Duration;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Sudden change of level, up or down, against the asset's own {@link Baseline}: {@link Cusum}.
 *
 * <p>Timeline: {@code learning (no symptom) → sum larger than decisionSigma: onset → … → sum back
 * at 0: cleared}. A change that stays is one onset without an end, until maintenance starts the
 * learning anew.
 *
 * <p>Assumes that readings are about independent; on a channel that wanders slowly it fires more
 * often than the run lengths in {@link DetectorSpec.Step} say.
 *
 * <p>Score: the sum in sigma, negative for a change downwards. Limit: {@code decisionSigma} with
 * the same sign; 0 at the end; both NaN when maintenance ended it.
 */
final class StepDetector extends ReadingDetector {
  private final DetectorSpec.Step spec;
  private final Baseline baseline;
  private final Cusum cusum;

  StepDetector(DetectorSpec.Step spec) {
    this.spec = spec;
    if (spec.baseline().toMillis() <= 0) {
      throw refused(spec, "the baseline takes time");
    }
    if (!(spec.shiftSigma() > 0) || !(spec.decisionSigma() > 0)) {
      throw refused(spec, "shiftSigma and decisionSigma must be positive");
    }
    baseline = new Baseline(spec.baseline(), Duration.ZERO);
    cusum = new Cusum(spec.shiftSigma() / 2, spec.decisionSigma());
  }

  @Override
  Outcome onNewReading(long timeMillis, long stepMillis, double value) {
    if (!baseline.learned()) {
      baseline.learn(stepMillis, value, null);
      return Outcome.NONE;
    }
    Outcome outcome = cusum.add((value - baseline.location()) / baseline.sigma());
    if (outcome != Outcome.NONE) {
      score = cusum.score();
      limit = Math.signum(score) * spec.decisionSigma();
    }
    if (!cusum.active()) {
      baseline.follow(stepMillis, value);
    }
    return outcome;
  }

  @Override
  public Outcome relearn() {
    baseline.reset();
    score = Double.NaN;
    limit = Double.NaN;
    return cusum.reset();
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  void resetOwn() {
    baseline.reset();
    cusum.reset();
  }

  @Override
  void writeOwn(long lastMillis, DataOutputView out) throws IOException {
    cusum.write(out);
    baseline.write(out);
  }

  @Override
  void readOwn(int version, long lastMillis, DataInputView in) throws IOException {
    cusum.read(in);
    baseline.read(in);
  }
}
