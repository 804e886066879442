package io.foreshock.operators.detect;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Nothing arrives, by the ingest clock. An outage of the job is no silence: afterwards that clock
 * moves with the backlog, which holds what the asset sent in the meantime.
 *
 * <p>Timeline: {@code armed by the asset's first batch → nothing for duration → onset → something:
 * cleared}. The whole asset is alive with any batch, a heartbeat included; a channel only with a
 * reading of its own.
 *
 * <p>Score: seconds of silence. Limit: the duration in seconds.
 */
final class SilenceDetector extends Detector {
  private static final long NEVER = ReadingDetector.NEVER;

  private final DetectorSpec.Silence spec;
  private final long durationMillis;
  private long seenMillis = NEVER;
  private boolean active;

  SilenceDetector(DetectorSpec.Silence spec) {
    this.spec = spec;
    durationMillis = spec.duration().toMillis();
    if (durationMillis <= 0) {
      throw refused(spec, "silence takes time");
    }
  }

  DetectorSpec.Silence spec() {
    return spec;
  }

  /** Starts to wait, unless it waits already. Ingest time. */
  void arm(long ingestMillis) {
    if (seenMillis == NEVER) {
      seenMillis = ingestMillis;
    }
  }

  /** What it waits for arrived. Ingest time. */
  Outcome onSeen(long ingestMillis) {
    long silentMillis = Math.max(0, ingestMillis - seenMillis);
    seenMillis = Math.max(seenMillis, ingestMillis);
    if (!active) {
      return Outcome.NONE;
    }
    active = false;
    score = silentMillis / 1000.0;
    limit = durationMillis / 1000.0;
    return Outcome.CLEARED;
  }

  /** The ingest clock has passed this time, and nothing older can arrive. */
  Outcome onIngestTime(long ingestMillis) {
    if (active || deadlineMillis() > ingestMillis) {
      return Outcome.NONE;
    }
    active = true;
    score = durationMillis / 1000.0;
    limit = score;
    return Outcome.ONSET;
  }

  boolean active() {
    return active;
  }

  /**
   * Ingest time at which the silence has lasted for the duration; at the end of time unless armed.
   */
  long deadlineMillis() {
    return seenMillis == NEVER ? Long.MAX_VALUE : seenMillis + durationMillis;
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public void reset() {
    seenMillis = NEVER;
    active = false;
  }

  @Override
  public void write(DataOutputView out) throws IOException {
    out.writeLong(seenMillis);
    out.writeBoolean(active);
  }

  @Override
  public void read(int version, DataInputView in) throws IOException {
    seenMillis = in.readLong();
    active = in.readBoolean();
  }
}
