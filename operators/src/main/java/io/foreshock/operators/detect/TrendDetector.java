package io.foreshock.operators.detect;

import io.foreshock.operators.detect.DetectorSpec.Side;
import java.io.IOException;
import java.time.Duration;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Steady rise or fall: slope of a {@link WeightedLine}.
 *
 * <p>Onset when the slope is beyond the limit and differs from zero by {@code significanceSigma} of
 * its standard errors. Ends when the slope is back at half the limit or inside; losing significance
 * alone does not end it. Nothing is judged before the reading times spread (standard deviation)
 * over a third of {@code over}, which takes about 1.2 times {@code over} of steady readings, nor
 * while the readings in memory count for fewer than {@value #LEAST_READINGS}: a channel must report
 * at least twice in {@code over}.
 *
 * <p>Score: slope in units per hour. Limit: {@code slopePerHour} at the onset, half of it at the
 * end.
 */
final class TrendDetector extends ReadingDetector {
  static final double LEAST_READINGS = 4;
  private static final double LEAST_SPREAD = 1.0 / 3;

  private final DetectorSpec.Trend spec;
  private final double sign;
  private final double clearSlope;
  private final double leastSpreadHours;
  private final WeightedLine line;
  private final Episode episode = new Episode(Duration.ZERO);

  TrendDetector(DetectorSpec.Trend spec) {
    this.spec = spec;
    if (spec.over().toMillis() <= 0) {
      throw refused(spec, "a trend takes time");
    }
    sign = spec.side() == Side.ABOVE ? 1 : -1;
    // A limit on the far side of zero has no half way to normal.
    clearSlope = sign * spec.slopePerHour() > 0 ? spec.slopePerHour() / 2 : spec.slopePerHour();
    leastSpreadHours = LEAST_SPREAD * spec.over().toMillis() / 3_600_000.0;
    line = new WeightedLine(spec.over());
  }

  @Override
  Outcome onNewReading(long timeMillis, long stepMillis, double value) {
    line.add(stepMillis, value);
    if (line.effectiveReadings() < LEAST_READINGS || line.spreadHours() < leastSpreadHours) {
      return Outcome.NONE;
    }
    double slope = line.slopePerHour();
    boolean beyond =
        sign * slope > sign * spec.slopePerHour()
            && Math.abs(slope) > spec.significanceSigma() * line.slopeError();
    Outcome outcome = episode.update(timeMillis, beyond, sign * slope <= sign * clearSlope);
    if (outcome != Outcome.NONE) {
      score = slope;
      limit = outcome == Outcome.ONSET ? spec.slopePerHour() : clearSlope;
    }
    return outcome;
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  void resetOwn() {
    line.reset();
    episode.end();
  }

  @Override
  void writeOwn(long lastMillis, DataOutputView out) throws IOException {
    episode.write(lastMillis, out);
    line.write(out);
  }

  @Override
  void readOwn(int version, long lastMillis, DataInputView in) throws IOException {
    episode.read(lastMillis, in);
    line.read(in);
  }
}
