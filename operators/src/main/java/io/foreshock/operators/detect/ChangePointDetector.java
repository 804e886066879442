package io.foreshock.operators.detect;

import io.foreshock.state.Fields;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Several channels of one asset change their level together, whatever it was before: a short
 * exponential average leaves the mean of what came since the last change (multivariate EWMA chart:
 * Lowry, Woodall, Champ and Rigdon, Technometrics 34(1), 1992; restart after each change: Hinkley,
 * Biometrika 58(3), 1971).
 *
 * <p>Timeline: {@code learning (no symptom) → distance beyond the limit: onset → settle: cleared,
 * and the mean begins anew → …}. Each onset is one change point; another cannot follow before the
 * settling time is over.
 *
 * <p>The mean begins with the short average alone; its own variance is allowed for, in proportion
 * of the two memories, until it is old.
 *
 * <p>Score: the Mahalanobis distance of the short average from the mean, in sigma. Limit: the
 * specification's; both NaN at the end.
 */
public final class ChangePointDetector extends VectorDetector {
  private static final long NEVER = ReadingDetector.NEVER;

  private final DetectorSpec.ChangePoint spec;
  private final VectorBaseline baseline;
  private long changedMillis;
  private long ageMillis;

  ChangePointDetector(DetectorSpec.ChangePoint spec) {
    super(spec, spec.channels(), spec.gap().toMillis());
    this.spec = spec;
    if (spec.baseline().toMillis() <= 0) {
      throw refused(spec, "the baseline takes time");
    }
    if (!(spec.limitSigma() > 0)) {
      throw refused(spec, "limitSigma must be positive");
    }
    if (spec.over().compareTo(spec.smooth()) <= 0) {
      throw refused(spec, "the mean must reach further back than the short average");
    }
    baseline =
        new VectorBaseline(spec.channels().size(), spec.baseline(), spec.smooth(), spec.over());
    resetOwn();
  }

  @Override
  Outcome onVector(long timeMillis, long stepMillis, double[] vector) {
    boolean judged = baseline.learned();
    baseline.add(stepMillis, vector);
    if (!judged) {
      ageMillis = spec.over().toMillis();
      return Outcome.NONE;
    }
    if (changedMillis != NEVER) {
      baseline.locate();
      if (timeMillis - changedMillis < spec.settle().toMillis()) {
        return Outcome.NONE;
      }
      changedMillis = NEVER;
      ageMillis = Math.max(1, spec.smooth().toMillis());
      score = Double.NaN;
      limit = Double.NaN;
      return Outcome.CLEARED;
    }
    VectorModel model = baseline.model();
    double ratio =
        baseline.varianceRatio() * (1 + Math.min(1, spec.smooth().toMillis() / (double) ageMillis));
    model.look(baseline.distance());
    double distance = Math.sqrt(model.squared(model.components(), 0, ratio));
    ageMillis += stepMillis;
    if (distance > spec.limitSigma()) {
      lead(model.leading(0, model.components(), true, 0, ratio));
      changedMillis = timeMillis;
      score = distance;
      limit = spec.limitSigma();
      return Outcome.ONSET;
    }
    baseline.follow(stepMillis, ageMillis);
    return Outcome.NONE;
  }

  @Override
  public Outcome relearn() {
    Outcome outcome = changedMillis == NEVER ? Outcome.NONE : Outcome.CLEARED;
    resetOwn();
    score = Double.NaN;
    limit = Double.NaN;
    return outcome;
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  void resetOwn() {
    baseline.reset();
    changedMillis = NEVER;
    ageMillis = 0;
  }

  @Override
  void writeOwn(long lastMillis, DataOutputView out) throws IOException {
    out.writeBoolean(changedMillis != NEVER);
    if (changedMillis != NEVER) {
      Fields.writeVarLong(lastMillis - changedMillis, out);
    }
    Fields.writeVarLong(ageMillis, out);
    baseline.write(out);
  }

  @Override
  void readOwn(int version, long lastMillis, DataInputView in) throws IOException {
    changedMillis = in.readBoolean() ? lastMillis - Fields.readVarLong(in) : NEVER;
    ageMillis = Fields.readVarLong(in);
    baseline.read(in);
  }
}
