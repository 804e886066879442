package io.foreshock.operators.detect;

import io.foreshock.model.AssetRef;
import io.foreshock.model.Signal;
import io.foreshock.model.TelemetryBatch;
import java.io.IOException;
import java.time.Duration;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.util.Collector;

/**
 * What {@link DetectSymptomsFunction} does, for a keyed function of any kind; its plan may change
 * between two calls. A detector that a new plan no longer holds loses its state at the asset's next
 * batch, one that is new starts empty, and the others go on.
 */
public final class SymptomDetection {
  private final long forgetAfterMillis;

  private ValueState<byte[]> stored;
  private AssetPlans plans;
  private DetectorHost host;
  private Counter readings;
  private Counter begun;
  private Counter ended;
  private Counter forgotten;
  private Counter bytesRead;
  private Counter bytesWritten;

  public SymptomDetection(Duration forgetAfter) {
    forgetAfterMillis = forgetAfter.toMillis();
  }

  /**
   * @throws IllegalArgumentException when a specification contradicts itself, or waits for a
   *     silence longer than {@code forgetAfter}
   */
  public static void check(DetectorPlan plan, Duration forgetAfter) {
    for (DetectorPlan.Assignment assignment : plan.detectors()) {
      Detector.of(assignment.spec());
      if (assignment.spec() instanceof DetectorSpec.Silence silence
          && silence.duration().compareTo(forgetAfter) >= 0) {
        throw Detector.refused(
            silence, "an asset is forgotten after " + forgetAfter + ", before it could be silent");
      }
    }
  }

  /** Registers state and metrics; a plan is to be given before the first batch. */
  public void open(RuntimeContext context) {
    stored =
        context.getState(
            new ValueStateDescriptor<>(
                DetectSymptomsFunction.STATE_NAME,
                PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    host = new DetectorHost();
    MetricGroup metrics = context.getMetricGroup();
    readings = metrics.counter("readings");
    begun = metrics.counter("symptomsBegun");
    ended = metrics.counter("symptomsEnded");
    forgotten = metrics.counter("assetsForgotten");
    bytesRead = metrics.counter("stateBytesRead");
    bytesWritten = metrics.counter("stateBytesWritten");
  }

  /** Detects by this plan from now on. */
  public void use(DetectorPlan plan) {
    plans = new AssetPlans(plan);
  }

  /** Takes a batch of the current key. */
  public void onBatch(TelemetryBatch batch, TimerService timers, Collector<Signal> out)
      throws IOException {
    readings.inc(batch.measurements().size());
    boolean unnamed = batch.asset().assetClass().isEmpty();
    byte[] bytes = unnamed ? read() : null;
    AssetRef asset = host.named(batch.asset(), bytes);
    AssetPlan assetPlan = plans.of(asset);
    if (!assetPlan.hasDetectors()) {
      host.load(assetPlan, null);
      host.onBatch(batch, asset, out);
      return;
    }
    if (!unnamed) {
      bytes = read();
    }
    host.load(assetPlan, bytes);
    if (bytes != null && forgetMillis() < batch.appendTimeMillis()) {
      forget(asset, plans.of(batch.asset()), out);
      asset = batch.asset();
    }
    host.onBatch(batch, asset, out);
    long due = dueMillis();
    long timer = host.state().timerMillis;
    if (due < timer) {
      // Later deadlines wait for the timer that is there; only an earlier one needs its own.
      if (timer != AssetState.NONE) {
        timers.deleteEventTimeTimer(timer);
      }
      timers.registerEventTimeTimer(due);
      host.state().timerMillis = due;
    }
    write();
    countSymptoms();
  }

  /** It would have been forgotten before this batch, had the watermark been sent in between. */
  private void forget(AssetRef asset, AssetPlan fresh, Collector<Signal> out) throws IOException {
    long timer = host.state().timerMillis;
    host.onIngestTime(asset, forgetMillis(), out);
    host.load(fresh, null);
    host.state().timerMillis = timer;
    forgotten.inc();
  }

  /** An event-time timer of the current key fired. */
  public void onTimer(long timestamp, String key, TimerService timers, Collector<Signal> out)
      throws IOException {
    byte[] bytes = read();
    if (bytes == null) {
      return;
    }
    int slash = key.indexOf('/');
    AssetRef asset =
        new AssetRef(
            key.substring(0, slash), key.substring(slash + 1), host.state().peekAssetClass(bytes));
    AssetPlan assetPlan = plans.of(asset);
    host.load(assetPlan, bytes);
    if (host.state().timerMillis != timestamp) {
      return;
    }
    if (timers.currentWatermark() == Long.MAX_VALUE) {
      // The input ended. After a drained savepoint the next batch starts the timer again.
      host.state().timerMillis = AssetState.NONE;
      write();
      return;
    }
    host.onIngestTime(asset, timestamp, out);
    countSymptoms();
    if (forgetMillis() <= timestamp || !assetPlan.hasDetectors()) {
      forgotten.inc();
      stored.clear();
      return;
    }
    long due = dueMillis();
    timers.registerEventTimeTimer(due);
    host.state().timerMillis = due;
    write();
  }

  private long forgetMillis() {
    return host.state().lastBatchMillis + forgetAfterMillis;
  }

  private long dueMillis() throws IOException {
    return Math.min(host.nextSilenceMillis(), forgetMillis());
  }

  private byte[] read() throws IOException {
    byte[] bytes = stored.value();
    if (bytes != null) {
      bytesRead.inc(bytes.length);
    }
    return bytes;
  }

  private void write() throws IOException {
    byte[] bytes = host.state().toBytes();
    bytesWritten.inc(bytes.length);
    stored.update(bytes);
  }

  private void countSymptoms() {
    begun.inc(host.takeOnsets());
    ended.inc(host.takeClears());
  }
}
