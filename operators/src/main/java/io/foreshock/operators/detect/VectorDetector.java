package io.foreshock.operators.detect;

import io.foreshock.state.Fields;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * A detector that lives on several channels of one asset at once: the readings that share an event
 * time make a vector.
 *
 * <p>A vector is judged as soon as all channels have reported for its time. When a newer reading
 * comes first, the missing channels stand in with their last value, unless that is older than the
 * gap; then the vector is left out, and while it lasts the detector neither learns nor judges. This
 * depends on the readings alone, never on how they were batched. A reading older than the vector
 * that is being collected becomes its channel's last value and makes no vector.
 *
 * <p>Per channel, what is not newer than its last reading is ignored; so are NaN, infinite values
 * and values beyond {@link ReadingDetector#LARGEST}.
 */
public abstract sealed class VectorDetector extends Detector
    permits MultivariateDetector, ChangePointDetector, DegradationDetector, StandsOutDetector {

  /** Most channels of one detector: state and time per reading grow with their square. */
  public static final int MOST_CHANNELS = 16;

  private static final long NEVER = ReadingDetector.NEVER;

  private final long gapMillis;
  private final int all;
  private final double[] values;
  private final long[] times;
  private long collectingMillis;
  private int collected;
  private long lastMillis;
  private int leading;
  private double leadingValue;

  /**
   * @param gapMillis how old the last value of a channel may be to stand in for a missing one
   */
  VectorDetector(DetectorSpec spec, List<String> channels, long gapMillis) {
    if (channels.isEmpty() || channels.size() > MOST_CHANNELS) {
      throw refused(spec, "it must have 1 to " + MOST_CHANNELS + " channels");
    }
    if (channels.stream().distinct().count() < channels.size()) {
      throw refused(spec, "a channel must not be named twice");
    }
    this.gapMillis = gapMillis;
    all = (1 << channels.size()) - 1;
    values = new double[channels.size()];
    times = new long[channels.size()];
    forgetReadings();
  }

  /**
   * Takes the next reading of a channel.
   *
   * @param channel place of the channel in the specification
   * @param timeMillis event time
   * @param value in the unit of the channel
   */
  public final Outcome onReading(int channel, long timeMillis, double value) {
    if (timeMillis <= times[channel] || !(Math.abs(value) <= ReadingDetector.LARGEST)) {
      return Outcome.NONE;
    }
    Outcome outcome = Outcome.NONE;
    if (timeMillis > collectingMillis) {
      outcome = collected == 0 ? Outcome.NONE : judge();
      collectingMillis = timeMillis;
      collected = 0;
    }
    times[channel] = timeMillis;
    values[channel] = value;
    if (timeMillis == collectingMillis) {
      collected |= 1 << channel;
      if (collected == all) {
        // With more than one channel, a vector that was closed above leaves this one incomplete.
        outcome = judge();
      }
    }
    return outcome;
  }

  private Outcome judge() {
    collected = 0;
    for (long time : times) {
      if (time == NEVER || collectingMillis - time > gapMillis) {
        return Outcome.NONE;
      }
    }
    if (collectingMillis <= lastMillis) {
      return Outcome.NONE;
    }
    long stepMillis = lastMillis == NEVER ? 0 : collectingMillis - lastMillis;
    lastMillis = collectingMillis;
    Outcome outcome = onVector(collectingMillis, stepMillis, values);
    if (outcome != Outcome.NONE) {
      leadingValue = values[leading];
    }
    return outcome;
  }

  /** Place of the channel that had the largest share in the last onset. */
  public final int leading() {
    return leading;
  }

  final void lead(int channel) {
    leading = channel;
  }

  /**
   * Value of the leading channel, in its unit, in the vector of the outcome that {@link #onReading}
   * just gave; the reading that made it known may be a newer one. Not kept in state.
   */
  public final double leadingValue() {
    return leadingValue;
  }

  /** Takes a vector that is newer than the last; {@code stepMillis} is 0 for the first. */
  abstract Outcome onVector(long timeMillis, long stepMillis, double[] vector);

  abstract void resetOwn();

  abstract void writeOwn(long lastMillis, DataOutputView out) throws IOException;

  abstract void readOwn(int version, long lastMillis, DataInputView in) throws IOException;

  @Override
  public final void reset() {
    forgetReadings();
    resetOwn();
  }

  private void forgetReadings() {
    Arrays.fill(values, 0);
    Arrays.fill(times, NEVER);
    collectingMillis = NEVER;
    collected = 0;
    lastMillis = NEVER;
    leading = 0;
  }

  @Override
  public final void write(DataOutputView out) throws IOException {
    out.writeLong(lastMillis);
    out.writeLong(collectingMillis);
    out.writeShort(collected);
    out.writeByte(leading);
    for (int i = 0; i < values.length; i++) {
      out.writeBoolean(times[i] != NEVER);
      if (times[i] != NEVER) {
        Fields.writeSignedVarLong(collectingMillis - times[i], out);
        out.writeDouble(values[i]);
      }
    }
    writeOwn(lastMillis, out);
  }

  @Override
  public final void read(int version, DataInputView in) throws IOException {
    lastMillis = in.readLong();
    collectingMillis = in.readLong();
    collected = in.readUnsignedShort();
    leading = in.readUnsignedByte();
    for (int i = 0; i < values.length; i++) {
      boolean seen = in.readBoolean();
      times[i] = seen ? collectingMillis - Fields.readSignedVarLong(in) : NEVER;
      values[i] = seen ? in.readDouble() : 0;
    }
    readOwn(version, lastMillis, in);
  }
}
