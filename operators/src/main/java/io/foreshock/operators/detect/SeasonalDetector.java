package io.foreshock.operators.detect;

import io.foreshock.operators.detect.DetectorSpec.Side;
import io.foreshock.state.Fields;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Deviation from what is normal at this time of the local day or week: {@link SeasonalBaseline}.
 *
 * <p>Timeline: {@code learning for baseline (no symptom) → average deviation beyond limitSigma,
 * unbroken for hold → onset → … → at or inside clearSigma: cleared}.
 *
 * <p>A part of the season that is not known yet (fewer than three seasons, or a gap just there) is
 * learned and not judged. While learning, the first 64 readings, and of the others those beyond the
 * {@link Fences} of all parts together are left out, unless more than four in a row lie there; once
 * learned, one reading counts for the average as if it were {@value #MOST_LIMITS} limits away at
 * most, so that a single wrong one is no symptom if there is a {@code smooth}. After a gap longer
 * than a season, the average of the deviations starts anew with the first reading. The baseline
 * follows all the time, wrong readings at most by {@link SeasonalBaseline#FENCE} spreads each: a
 * change that stays becomes normal within about {@code baseline}, and one that grows slowly is not
 * seen; put a {@code trend} beside it. A clock that jumps ahead learns a wrong part once; one that
 * jumps back stops the detector until it has caught up.
 *
 * <p>Score: the average deviation in spreads, negative below. Limit: {@code limitSigma} at the
 * onset, {@code clearSigma} at the end, with the same sign; both NaN when maintenance ended it.
 */
final class SeasonalDetector extends ReadingDetector {
  static final int MOST_PARTS = 336;
  private static final int LEARNING_STEPS = 20;

  /** Limits that one reading may be away from normal, as far as it counts for the average. */
  private static final double MOST_LIMITS = 2;

  private final DetectorSpec.Seasonal spec;
  private final double sign;
  private final SeasonParts parts;
  private final SeasonalBaseline baseline;
  private final Ewma average;
  private final Episode episode;
  private final long baselineMillis;
  private final long seasonMillis;
  private final Fences fences = new Fences();
  private long learnedMillis;
  private int outside;

  SeasonalDetector(DetectorSpec.Seasonal spec) {
    this.spec = spec;
    sign = spec.side() == Side.ABOVE ? 1 : -1;
    baselineMillis = spec.baseline().toMillis();
    seasonMillis = SeasonParts.millis(spec.season());
    if (!(spec.clearSigma() <= spec.limitSigma())) {
      throw refused(spec, "clearSigma must not be larger than limitSigma");
    }
    if (spec.parts() < 1 || spec.parts() > MOST_PARTS) {
      throw refused(spec, "a season has 1 to " + MOST_PARTS + " parts");
    }
    if (baselineMillis < 2 * seasonMillis) {
      throw refused(spec, "the baseline must hold two seasons at least");
    }
    parts = new SeasonParts(spec.season(), spec.parts(), spec.zone());
    baseline = new SeasonalBaseline(spec.parts(), (double) baselineMillis / seasonMillis);
    average = new Ewma(spec.smooth());
    episode = new Episode(spec.hold());
  }

  @Override
  Outcome onNewReading(long timeMillis, long stepMillis, double value) {
    if (stepMillis > 0 && parts.season(timeMillis - stepMillis) != parts.season(timeMillis)) {
      baseline.closePart();
    }
    int part = parts.of(timeMillis);
    Outcome outcome = Outcome.NONE;
    if (stepMillis > seasonMillis) {
      average.reset();
    }
    if (baseline.known(part)) {
      double most = MOST_LIMITS * spec.limitSigma();
      double deviation = baseline.deviation(part, value);
      average.add(stepMillis, Math.max(-most, Math.min(most, deviation)));
      if (learnedMillis >= baselineMillis) {
        outcome = judge(timeMillis);
      }
    }
    if (learnedMillis >= baselineMillis || isSound(value)) {
      baseline.learn(part, value);
    }
    if (learnedMillis < baselineMillis) {
      learnedMillis += Math.min(stepMillis, baselineMillis / LEARNING_STEPS);
    }
    return outcome;
  }

  /** As long as no part is known, the readings of all parts tell what is grossly wrong. */
  private boolean isSound(double value) {
    boolean told = fences.count() >= Sample.SIZE;
    boolean sound = told && fences.within(value, 0) == value;
    fences.add(value, 0);
    fences.settle();
    if (!told) {
      return false;
    }
    outside = sound ? 0 : Math.min(outside + 1, BaselineLearner.RUN + 1);
    return sound || outside > BaselineLearner.RUN;
  }

  private Outcome judge(long timeMillis) {
    double deviation = sign * average.mean();
    Outcome outcome =
        episode.update(timeMillis, deviation > spec.limitSigma(), deviation <= spec.clearSigma());
    if (outcome != Outcome.NONE) {
      score = sign * deviation;
      limit = sign * (outcome == Outcome.ONSET ? spec.limitSigma() : spec.clearSigma());
    }
    return outcome;
  }

  @Override
  public Outcome relearn() {
    forget();
    score = Double.NaN;
    limit = Double.NaN;
    return episode.end();
  }

  private void forget() {
    baseline.reset();
    average.reset();
    fences.reset();
    learnedMillis = 0;
    outside = 0;
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  void resetOwn() {
    forget();
    episode.end();
  }

  @Override
  void writeOwn(long lastMillis, DataOutputView out) throws IOException {
    episode.write(lastMillis, out);
    average.write(out);
    baseline.write(out);
    Fields.writeVarLong(learnedMillis, out);
    if (learnedMillis < baselineMillis) {
      out.writeByte(outside);
      fences.write(out);
    }
  }

  @Override
  void readOwn(int version, long lastMillis, DataInputView in) throws IOException {
    episode.read(lastMillis, in);
    average.read(in);
    baseline.read(in);
    learnedMillis = Fields.readVarLong(in);
    fences.reset();
    outside = 0;
    if (learnedMillis < baselineMillis) {
      outside = in.readByte();
      fences.read(in);
    }
  }
}
