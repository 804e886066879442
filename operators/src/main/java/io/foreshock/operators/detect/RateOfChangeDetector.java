package io.foreshock.operators.detect;

import java.io.IOException;
import java.time.Duration;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Change between two readings too fast to be normal.
 *
 * <p>Onset on the second reading of a pair whose change per second is larger than the limit, ends
 * on that of the next pair whose change is not. Pairs further apart than {@code maximumGap} say
 * nothing either way.
 *
 * <p>Score: absolute change per second. Limit: {@code limitPerSecond}.
 */
final class RateOfChangeDetector extends ReadingDetector {
  private final DetectorSpec.RateOfChange spec;
  private final long maximumGapMillis;
  private final Episode episode = new Episode(Duration.ZERO);
  private double previous;

  RateOfChangeDetector(DetectorSpec.RateOfChange spec) {
    this.spec = spec;
    maximumGapMillis = spec.maximumGap().toMillis();
    if (maximumGapMillis <= 0) {
      throw refused(spec, "readings at the same time have no rate; maximumGap must be positive");
    }
  }

  @Override
  Outcome onNewReading(long timeMillis, long stepMillis, double value) {
    double change = Math.abs(value - previous);
    previous = value;
    if (stepMillis == 0 || stepMillis > maximumGapMillis) {
      return Outcome.NONE;
    }
    double perSecond = change / (stepMillis / 1000.0);
    boolean fast = perSecond > spec.limitPerSecond();
    Outcome outcome = episode.update(timeMillis, fast, !fast);
    if (outcome != Outcome.NONE) {
      score = perSecond;
      limit = spec.limitPerSecond();
    }
    return outcome;
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  void resetOwn() {
    previous = 0;
    episode.end();
  }

  @Override
  void writeOwn(long lastMillis, DataOutputView out) throws IOException {
    episode.write(lastMillis, out);
    out.writeDouble(previous);
  }

  @Override
  void readOwn(int version, long lastMillis, DataInputView in) throws IOException {
    episode.read(lastMillis, in);
    previous = in.readDouble();
  }
}
