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
 * learned and not judged. After a gap longer than a season, the average of the deviations starts
 * anew with the first reading. The baseline follows all the time, wrong readings at most by {@link
 * SeasonalBaseline#FENCE} spreads each: a change that stays becomes normal within about {@code
 * baseline}, and one that grows slowly is not seen; put a {@code trend} beside it. A clock that
 * jumps ahead learns a wrong part once; one that jumps back stops the detector until it has caught
 * up.
 *
 * <p>Score: the average deviation in spreads, negative below. Limit: {@code limitSigma} at the
 * onset, {@code clearSigma} at the end, with the same sign; both NaN when maintenance ended it.
 */
final class SeasonalDetector extends ReadingDetector {
  static final int MOST_PARTS = 336;
  private static final int LEARNING_STEPS = 20;

  private final DetectorSpec.Seasonal spec;
  private final double sign;
  private final SeasonParts parts;
  private final SeasonalBaseline baseline;
  private final Ewma average;
  private final Episode episode;
  private final long baselineMillis;
  private final long seasonMillis;
  private long learnedMillis;

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
    int part = parts.of(timeMillis);
    Outcome outcome = Outcome.NONE;
    if (stepMillis > seasonMillis) {
      average.reset();
    }
    if (baseline.known(part)) {
      average.add(stepMillis, baseline.deviation(part, value));
      if (learnedMillis >= baselineMillis) {
        outcome = judge(timeMillis);
      }
    }
    baseline.learn(part, value);
    if (learnedMillis < baselineMillis) {
      learnedMillis += Math.min(stepMillis, baselineMillis / LEARNING_STEPS);
    }
    return outcome;
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
    learnedMillis = 0;
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
  }

  @Override
  void readOwn(int version, long lastMillis, DataInputView in) throws IOException {
    episode.read(lastMillis, in);
    average.read(in);
    baseline.read(in);
    learnedMillis = Fields.readVarLong(in);
  }
}
