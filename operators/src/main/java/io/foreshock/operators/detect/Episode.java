package io.foreshock.operators.detect;

import io.foreshock.operators.detect.Detector.Outcome;
import io.foreshock.state.Fields;
import java.io.IOException;
import java.time.Duration;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * When a symptom begins and ends: begins once the statistic has been beyond its limit for the hold
 * time without a break, ends when it has been back inside the clearing limit for the release time
 * without a break. In between nothing happens.
 */
final class Episode {
  private static final long NEVER = ReadingDetector.NEVER;
  private static final int ACTIVE = 1;
  private static final int CROSSED = 2;
  private static final int BACK = 4;

  private final long holdMillis;
  private final long releaseMillis;
  private boolean active;
  private long crossedMillis = NEVER;
  private long backMillis = NEVER;

  Episode(Duration hold) {
    this(hold, Duration.ZERO);
  }

  Episode(Duration hold, Duration release) {
    holdMillis = hold.toMillis();
    releaseMillis = release.toMillis();
  }

  /**
   * @param beyond the statistic is on the abnormal side of the limit
   * @param inside the statistic is on the normal side of the clearing limit, or at it
   */
  Outcome update(long timeMillis, boolean beyond, boolean inside) {
    if (active) {
      if (!inside) {
        backMillis = NEVER;
        return Outcome.NONE;
      }
      if (backMillis == NEVER) {
        backMillis = timeMillis;
      }
      return timeMillis - backMillis < releaseMillis ? Outcome.NONE : end();
    }
    if (!beyond) {
      crossedMillis = NEVER;
      return Outcome.NONE;
    }
    if (crossedMillis == NEVER) {
      crossedMillis = timeMillis;
    }
    if (timeMillis - crossedMillis < holdMillis) {
      return Outcome.NONE;
    }
    active = true;
    crossedMillis = NEVER;
    return Outcome.ONSET;
  }

  boolean active() {
    return active;
  }

  /** Ends the symptom, if it is on, and forgets a crossing that has not been held long enough. */
  Outcome end() {
    Outcome outcome = active ? Outcome.CLEARED : Outcome.NONE;
    active = false;
    crossedMillis = NEVER;
    backMillis = NEVER;
    return outcome;
  }

  void write(long lastMillis, DataOutputView out) throws IOException {
    boolean crossed = crossedMillis != NEVER;
    boolean back = backMillis != NEVER;
    out.writeByte((active ? ACTIVE : 0) | (crossed ? CROSSED : 0) | (back ? BACK : 0));
    if (crossed) {
      Fields.writeVarLong(lastMillis - crossedMillis, out);
    }
    if (back) {
      Fields.writeVarLong(lastMillis - backMillis, out);
    }
  }

  void read(long lastMillis, DataInputView in) throws IOException {
    int flags = in.readUnsignedByte();
    active = (flags & ACTIVE) != 0;
    crossedMillis = (flags & CROSSED) != 0 ? lastMillis - Fields.readVarLong(in) : NEVER;
    backMillis = (flags & BACK) != 0 ? lastMillis - Fields.readVarLong(in) : NEVER;
  }
}
