package io.foreshock.operators.detect;

import io.foreshock.operators.detect.DetectorSpec.Side;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Level beyond a fixed limit, with hysteresis and hold time.
 *
 * <p>Timeline: {@code inside → beyond, beyond, … (unbroken) → onset → … → at or inside clearLimit:
 * cleared}.
 *
 * <p>Onset on the reading that completes {@code hold} since the crossing; an asset that is beyond
 * the limit at its first reading crosses then. A reading between the limits breaks the hold but
 * does not end a symptom. Time without readings counts as held when the readings before and after
 * it are beyond: an absence of readings is the business of {@link SilenceDetector}.
 *
 * <p>Score: the smoothed value. Limit: {@code limit} at the onset, {@code clearLimit} at the end.
 */
final class ThresholdDetector extends ReadingDetector {
  private final DetectorSpec.Threshold spec;
  private final double sign;
  private final boolean smooths;
  private final Ewma average;
  private final Episode episode;

  ThresholdDetector(DetectorSpec.Threshold spec) {
    this.spec = spec;
    sign = spec.side() == Side.ABOVE ? 1 : -1;
    if (!(sign * spec.clearLimit() <= sign * spec.limit())) {
      throw refused(spec, "the clearing limit lies on the normal side of the limit");
    }
    smooths = spec.smooth().toMillis() > 0;
    average = new Ewma(spec.smooth());
    episode = new Episode(spec.hold());
  }

  @Override
  Outcome onNewReading(long timeMillis, long stepMillis, double value) {
    double level = value;
    if (smooths) {
      average.add(stepMillis, value);
      level = average.mean();
    }
    Outcome outcome =
        episode.update(
            timeMillis,
            sign * level > sign * spec.limit(),
            sign * level <= sign * spec.clearLimit());
    if (outcome != Outcome.NONE) {
      score = level;
      limit = outcome == Outcome.ONSET ? spec.limit() : spec.clearLimit();
    }
    return outcome;
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  void resetOwn() {
    average.reset();
    episode.end();
  }

  @Override
  void writeOwn(long lastMillis, DataOutputView out) throws IOException {
    episode.write(lastMillis, out);
    if (smooths) {
      average.write(out);
    }
  }

  @Override
  void readOwn(int version, long lastMillis, DataInputView in) throws IOException {
    episode.read(lastMillis, in);
    if (smooths) {
      average.read(in);
    }
  }
}
