package io.foreshock.operators.detect;

import io.foreshock.model.AssetRef;
import io.foreshock.model.Heartbeat;
import io.foreshock.model.MaintenanceEvent;
import io.foreshock.model.Measurement;
import io.foreshock.model.Signal;
import io.foreshock.model.SignalKind;
import io.foreshock.model.TelemetryBatch;
import io.foreshock.operators.detect.Detector.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.util.Collector;

/**
 * Runs the detectors of one asset after another, without Flink's clock or state.
 *
 * <p>The signals of a batch leave in order of event time; at equal times: maintenance, operating
 * state, symptoms that end, readings, symptoms that begin, fault codes.
 */
final class DetectorHost {
  private final AssetState state = new AssetState();
  private final List<Signal> signals = new ArrayList<>();
  private AssetPlan plan;
  private AssetRef asset;
  private boolean backlog;
  private long onsets;
  private long clears;

  /** Turns to an asset; {@code bytes} is null when nothing is known of it. */
  void load(AssetPlan plan, byte[] bytes) throws IOException {
    this.plan = plan;
    state.load(plan, bytes);
  }

  /**
   * The asset with the class that is known of it, when it names none.
   *
   * @param bytes null when nothing is known of it
   */
  AssetRef named(AssetRef asset, byte[] bytes) throws IOException {
    return bytes == null || !asset.assetClass().isEmpty()
        ? asset
        : new AssetRef(asset.tenant(), asset.assetId(), state.peekAssetClass(bytes));
  }

  AssetState state() {
    return state;
  }

  /**
   * Takes a batch of the asset that was loaded. Silences that were over before it was appended
   * begin first, whether or not the ingest clock has shown it yet: what comes out must not depend
   * on how often a watermark is sent.
   *
   * @param asset the batch's asset, see {@link #named}
   */
  void onBatch(TelemetryBatch batch, AssetRef asset, Collector<Signal> out) throws IOException {
    long ingestMillis = batch.appendTimeMillis();
    onIngestTime(asset, ingestMillis - 1, out);
    backlog = batch.backlog();
    state.assetClass = asset.assetClass();
    state.lastBatchMillis = Math.max(state.lastBatchMillis, ingestMillis);
    noteArrival(batch);

    List<Measurement> measurements = batch.measurements();
    List<MaintenanceEvent> maintenance = batch.maintenanceEvents();
    int nextMaintenance = 0;
    for (int i = 0; i < measurements.size(); i++) {
      Measurement reading = measurements.get(i);
      while (nextMaintenance < maintenance.size()
          && maintenance.get(nextMaintenance).eventTimeMillis() <= reading.eventTimeMillis()) {
        onMaintenance(maintenance.get(nextMaintenance++));
      }
      AssetPlan.ChannelPlan channel = plan.channel(reading.channel());
      if (channel != null) {
        onReading(reading, channel, ingestMillis);
      }
    }
    while (nextMaintenance < maintenance.size()) {
      onMaintenance(maintenance.get(nextMaintenance++));
    }
    for (int i = 0; i < batch.operatingStateChanges().size(); i++) {
      signals.add(Signal.operatingState(asset, batch.operatingStateChanges().get(i), backlog));
    }
    for (int i = 0; i < batch.faultCodes().size(); i++) {
      signals.add(Signal.faultCode(asset, batch.faultCodes().get(i), backlog));
    }
    emit(out);
    if (plan.heartbeats) {
      beat(batch, out);
    }
  }

  /** Tells the patterns how far the asset's own time has come; a batch without content cannot. */
  private void beat(TelemetryBatch batch, Collector<Signal> out) {
    long newest = batch.newestEventTimeMillis();
    if (newest != Long.MIN_VALUE) {
      out.collect(Heartbeat.at(asset, newest));
    }
  }

  /** The whole asset is alive, and its channels are waited for from now on. */
  private void noteArrival(TelemetryBatch batch) throws IOException {
    long ingestMillis = batch.appendTimeMillis();
    for (int place : plan.silences) {
      silence(place).arm(ingestMillis);
    }
    for (int place : plan.assetSilences) {
      long oldest = batch.oldestEventTimeMillis();
      long eventTime = oldest == Long.MAX_VALUE ? ingestMillis : oldest;
      onSeen(place, ingestMillis, eventTime, Double.NaN);
    }
  }

  private void onReading(Measurement reading, AssetPlan.ChannelPlan channel, long ingestMillis)
      throws IOException {
    long time = reading.eventTimeMillis();
    for (int place : channel.detectors()) {
      ReadingDetector detector = (ReadingDetector) state.detector(place);
      Outcome outcome = detector.onReading(time, reading.value());
      if (outcome != Outcome.NONE) {
        symptom(place, outcome, time, reading.value());
      }
    }
    int[] vectors = channel.vectors();
    for (int i = 0; i < vectors.length; i++) {
      VectorDetector detector = (VectorDetector) state.detector(vectors[i]);
      Outcome outcome = detector.onReading(channel.vectorChannels()[i], time, reading.value());
      if (outcome != Outcome.NONE) {
        symptom(vectors[i], outcome, time, detector.leadingValue());
      }
    }
    for (int place : channel.silences()) {
      onSeen(place, ingestMillis, time, reading.value());
    }
    if (channel.wanted()) {
      signals.add(Signal.reading(asset, reading, backlog));
    }
  }

  /**
   * A silence ends with the event time of what ended it, but after it began: what a device uploads
   * after a silence may be older.
   */
  private void onSeen(int place, long ingestMillis, long eventTime, double value)
      throws IOException {
    SilenceDetector detector = silence(place);
    long began = detector.deadlineMillis();
    if (detector.onSeen(ingestMillis) == Outcome.CLEARED) {
      symptom(place, Outcome.CLEARED, Math.max(began + 1, eventTime), value);
    }
  }

  /** An inspection changes nothing about the machine; any other work may have. */
  private void onMaintenance(MaintenanceEvent event) throws IOException {
    signals.add(Signal.maintenance(asset, event, backlog));
    if (event.kind() == MaintenanceEvent.Kind.INSPECTED) {
      return;
    }
    for (int place : plan.learners) {
      if (plan.slots[place].relearnComponent().equals(event.component())) {
        Outcome outcome = state.detector(place).relearn();
        if (outcome != Outcome.NONE) {
          symptom(place, outcome, event.eventTimeMillis(), Double.NaN);
        }
      }
    }
  }

  /**
   * The ingest clock has reached a time, for the asset that was loaded: silences begin.
   *
   * @param asset its tenant and identity, and its class as kept in {@link #state}
   */
  void onIngestTime(AssetRef asset, long ingestMillis, Collector<Signal> out) throws IOException {
    this.asset = asset;
    backlog = false;
    for (int place : plan.silences) {
      SilenceDetector detector = silence(place);
      long deadline = detector.deadlineMillis();
      if (detector.onIngestTime(ingestMillis) == Outcome.ONSET) {
        symptom(place, Outcome.ONSET, deadline, Double.NaN);
      }
    }
    emit(out);
  }

  /** Ingest time at which the next silence begins unless something arrives. */
  long nextSilenceMillis() throws IOException {
    long next = Long.MAX_VALUE;
    for (int place : plan.silences) {
      SilenceDetector detector = silence(place);
      if (!detector.active()) {
        next = Math.min(next, detector.deadlineMillis());
      }
    }
    return next;
  }

  /** Symptoms begun since the last call. */
  long takeOnsets() {
    long taken = onsets;
    onsets = 0;
    return taken;
  }

  /** Symptoms ended since the last call. */
  long takeClears() {
    long taken = clears;
    clears = 0;
    return taken;
  }

  private SilenceDetector silence(int place) throws IOException {
    return (SilenceDetector) state.detector(place);
  }

  private void symptom(int place, Outcome outcome, long time, double value) {
    AssetPlan.Slot slot = plan.slots[place];
    Detector detector = slot.detector();
    boolean onset = outcome == Outcome.ONSET;
    onsets += onset ? 1 : 0;
    clears += onset ? 0 : 1;
    signals.add(
        Signal.symptom(
            asset,
            onset,
            slot.id(),
            slot.channel(),
            time,
            value,
            detector.limit(),
            detector.score(),
            detector.detail(),
            backlog));
  }

  private void emit(Collector<Signal> out) {
    if (signals.size() > 1) {
      signals.sort(DetectorHost::inOrder);
    }
    for (int i = 0; i < signals.size(); i++) {
      out.collect(signals.get(i));
    }
    signals.clear();
  }

  private static int inOrder(Signal one, Signal other) {
    int byTime = Long.compare(one.eventTimeMillis(), other.eventTimeMillis());
    return byTime != 0 ? byTime : Integer.compare(rank(one.kind()), rank(other.kind()));
  }

  private static int rank(SignalKind kind) {
    return switch (kind) {
      case MAINTENANCE -> 0;
      case OPERATING_STATE -> 1;
      case SYMPTOM_CLEARED -> 2;
      case READING -> 3;
      case SYMPTOM -> 4;
      case FAULT_CODE -> 5;
    };
  }
}
