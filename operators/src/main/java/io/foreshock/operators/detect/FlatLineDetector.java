package io.foreshock.operators.detect;

import io.foreshock.state.Fields;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * A value that does not move.
 *
 * <p>Follows one run of readings by its start, smallest and largest value. A reading that widens
 * the run beyond the tolerance starts a new one with itself. Onset on the reading that makes the
 * run as long as {@code duration}; ends on the reading that leaves the tolerance.
 *
 * <p>Never early. On time for a value that stays put; a value that creeps within the tolerance may
 * be found later, but always before it has stayed within it for twice the duration. A gap longer
 * than half the duration starts a new run (no readings are no evidence of standing still), so a
 * channel must report at least twice in the duration; a symptom that is on survives the gap.
 *
 * <p>Score: largest minus smallest value of the run, at the end including the reading that left.
 * Limit: {@code tolerance}.
 */
final class FlatLineDetector extends ReadingDetector {
  private final DetectorSpec.FlatLine spec;
  private final long durationMillis;
  private boolean active;
  private long startMillis = NEVER;
  private double smallest;
  private double largest;

  FlatLineDetector(DetectorSpec.FlatLine spec) {
    this.spec = spec;
    durationMillis = spec.duration().toMillis();
    if (durationMillis <= 0 || !(spec.tolerance() >= 0)) {
      throw refused(spec, "standing still takes time, and its tolerance is not negative");
    }
  }

  @Override
  Outcome onNewReading(long timeMillis, long stepMillis, double value) {
    if (stepMillis == 0 || (!active && stepMillis > durationMillis / 2)) {
      start(timeMillis, value);
      return Outcome.NONE;
    }
    double low = Math.min(smallest, value);
    double high = Math.max(largest, value);
    if (high - low > spec.tolerance()) {
      boolean ends = active;
      start(timeMillis, value);
      return ends ? outcome(Outcome.CLEARED, high - low) : Outcome.NONE;
    }
    smallest = low;
    largest = high;
    if (active || timeMillis - startMillis < durationMillis) {
      return Outcome.NONE;
    }
    active = true;
    return outcome(Outcome.ONSET, high - low);
  }

  private void start(long timeMillis, double value) {
    active = false;
    startMillis = timeMillis;
    smallest = value;
    largest = value;
  }

  private Outcome outcome(Outcome outcome, double range) {
    score = range;
    limit = spec.tolerance();
    return outcome;
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  void resetOwn() {
    active = false;
    startMillis = NEVER;
    smallest = 0;
    largest = 0;
  }

  @Override
  void writeOwn(long lastMillis, DataOutputView out) throws IOException {
    out.writeBoolean(active);
    // Before the first reading both times are the same.
    Fields.writeVarLong(lastMillis - startMillis, out);
    out.writeDouble(smallest);
    out.writeDouble(largest);
  }

  @Override
  void readOwn(int version, long lastMillis, DataInputView in) throws IOException {
    active = in.readBoolean();
    startMillis = lastMillis - Fields.readVarLong(in);
    smallest = in.readDouble();
    largest = in.readDouble();
  }
}
