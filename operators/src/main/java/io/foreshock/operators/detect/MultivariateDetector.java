package io.foreshock.operators.detect;

import io.foreshock.operators.detect.DetectorSpec.Statistic;
import io.foreshock.state.Fields;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Several channels of one asset no longer lie where they lay together: multivariate control chart
 * (Hotelling, in: Techniques of Statistical Analysis, 1947; Jackson and Mudholkar 1979) on
 * exponential averages, against the asset's own {@link VectorBaseline}.
 *
 * <p>Timeline: {@code learning (no symptom) → statistic beyond the limit, unbroken for hold → onset
 * → … → inside the clearing limit, unbroken for clearAfter: cleared}.
 *
 * <p>Without {@code follow} the location stays where it was learned. With it the location follows
 * while all is normal, so that a machine that warms up is not ill; it stands still while the
 * statistic is beyond the limit or the symptom is on, and the variance of every component grows
 * with the time it stood still, as fast as the channels wandered while learning (local level model:
 * Muth, Journal of the American Statistical Association 55, 1960). What changes more slowly than
 * the location follows is not found: a drift or trend detector finds it.
 *
 * <p>Score: T², Q, or the Mahalanobis distance in sigma. Limit: what it was compared with; both NaN
 * when maintenance ended it. Leading channel: see {@link VectorModel#leading}.
 */
public final class MultivariateDetector extends VectorDetector {
  private final DetectorSpec.Multivariate spec;
  private final VectorBaseline baseline;
  private final Episode episode;
  private long aheadMillis;
  private double onsetLimit;

  MultivariateDetector(DetectorSpec.Multivariate spec) {
    super(spec, spec.channels(), spec.gap().toMillis());
    this.spec = spec;
    if (spec.baseline().toMillis() <= 0) {
      throw refused(spec, "the baseline takes time");
    }
    boolean byRate = Double.isNaN(spec.limit());
    if (byRate ? !(spec.falseAlarmRate() > 0 && spec.falseAlarmRate() < 1) : !(spec.limit() > 0)) {
      throw refused(spec, "it must have a positive limit, or a false alarm rate between 0 and 1");
    }
    if (!(spec.clearShare() > 0 && spec.clearShare() <= 1)) {
      throw refused(spec, "clearShare must be above 0 and at most 1");
    }
    baseline =
        new VectorBaseline(spec.channels().size(), spec.baseline(), spec.smooth(), spec.follow());
    episode = new Episode(spec.hold(), spec.clearAfter());
    resetOwn();
  }

  @Override
  Outcome onVector(long timeMillis, long stepMillis, double[] vector) {
    boolean judged = baseline.learned();
    baseline.add(stepMillis, vector);
    if (!judged) {
      learnLimit();
      return Outcome.NONE;
    }
    VectorModel model = baseline.model();
    double ratio = baseline.varianceRatio();
    model.look(baseline.distance());
    double statistic = statistic(model, ratio);
    boolean beyond = statistic > onsetLimit;
    Outcome outcome =
        episode.update(timeMillis, beyond, statistic <= spec.clearShare() * onsetLimit);
    if (outcome != Outcome.NONE) {
      score = statistic;
      limit = outcome == Outcome.ONSET ? onsetLimit : spec.clearShare() * onsetLimit;
    }
    if (outcome == Outcome.ONSET) {
      boolean residual = spec.statistic() == Statistic.Q;
      lead(
          model.leading(
              residual ? model.principal() : 0,
              spec.statistic() == Statistic.T2 ? model.principal() : model.components(),
              !residual,
              aheadMillis,
              ratio));
    }
    if (!spec.follow().isZero()) {
      if (beyond || episode.active()) {
        aheadMillis += stepMillis;
      } else {
        aheadMillis = Math.max(0, aheadMillis - stepMillis);
        baseline.follow(stepMillis, Long.MAX_VALUE);
      }
    }
    return outcome;
  }

  private double statistic(VectorModel model, double ratio) {
    return switch (spec.statistic()) {
      case T2 -> model.squared(model.principal(), aheadMillis, ratio);
      case Q -> model.residual(aheadMillis, ratio);
      case MAHALANOBIS -> Math.sqrt(model.squared(model.components(), aheadMillis, ratio));
    };
  }

  private void learnLimit() {
    if (baseline.learned()) {
      onsetLimit =
          Double.isNaN(spec.limit())
              ? VectorLimit.of(spec.statistic(), spec.falseAlarmRate(), baseline.model())
              : spec.limit();
    }
  }

  @Override
  public Outcome relearn() {
    Outcome outcome = episode.end();
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
    episode.end();
    aheadMillis = 0;
    onsetLimit = 0;
  }

  @Override
  void writeOwn(long lastMillis, DataOutputView out) throws IOException {
    episode.write(lastMillis, out);
    Fields.writeVarLong(aheadMillis, out);
    out.writeDouble(onsetLimit);
    baseline.write(out);
  }

  @Override
  void readOwn(int version, long lastMillis, DataInputView in) throws IOException {
    episode.read(lastMillis, in);
    aheadMillis = Fields.readVarLong(in);
    onsetLimit = in.readDouble();
    baseline.read(in);
  }
}
