package io.foreshock.operators.detect;

import io.foreshock.model.AssetRef;
import io.foreshock.model.Signal;
import io.foreshock.model.TelemetryBatch;
import java.io.IOException;
import java.time.Duration;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Turns the readings of each asset into signals: runs every {@link Detector} that a {@link
 * DetectorPlan} assigns to the asset, and passes fault codes, maintenance, operating states and the
 * readings that somebody asked for.
 *
 * <p>Keyed by {@link AssetRef#key()}. Takes batches of an asset in order and once. Flink's
 * timestamps are append times: an event-time timer is the ingest clock, which decides about silence
 * and about forgetting; everything else goes by the event time of the readings.
 *
 * <p>State: one value for each asset, read and written once for each batch; nothing for an asset
 * without detectors. One timer for each asset, at the earliest time at which silence could begin or
 * the asset is forgotten; it is not moved with every batch but looks, when it fires, for the time
 * that is due then. A batch looks too, so that the signals do not depend on how often watermarks
 * are sent. The end of a bounded input (a watermark at the end of time) is no silence.
 *
 * <p>An asset without a batch for {@code forgetAfter} of ingest time is forgotten without a word: a
 * symptom that was on does not end, and if the asset returns it is learned anew.
 *
 * <p>The asset class decides about the detectors. A batch that names none goes by the class that is
 * known of the asset. One that names another class is taken at its word: the asset goes on with the
 * detectors of that class, and what only those of the former class had learned is dropped.
 *
 * <p>The same batches of an asset in the same order give the same signals. For the order of the
 * signals of one batch see {@link DetectorHost}.
 *
 * <p>Metrics: {@code readings}, {@code symptomsBegun}, {@code symptomsEnded}, {@code
 * assetsForgotten}, {@code stateBytesRead}, {@code stateBytesWritten}.
 */
public final class DetectSymptomsFunction
    extends KeyedProcessFunction<String, TelemetryBatch, Signal> {
  private static final long serialVersionUID = 1L;

  /** Name of the state. Part of the state contract. */
  public static final String STATE_NAME = "symptom-detectors";

  /** How long an asset is remembered by default. */
  public static final Duration DEFAULT_FORGET_AFTER = Duration.ofDays(90);

  private final DetectorPlan plan;
  private final long forgetAfterMillis;

  private transient ValueState<byte[]> stored;
  private transient AssetPlans plans;
  private transient DetectorHost host;
  private transient Counter readings;
  private transient Counter begun;
  private transient Counter ended;
  private transient Counter forgotten;
  private transient Counter bytesRead;
  private transient Counter bytesWritten;

  public DetectSymptomsFunction(DetectorPlan plan) {
    this(plan, DEFAULT_FORGET_AFTER);
  }

  /**
   * @param forgetAfter ingest time without a batch after which an asset is forgotten; longer than
   *     any silence of the plan
   * @throws IllegalArgumentException when a specification contradicts itself
   */
  public DetectSymptomsFunction(DetectorPlan plan, Duration forgetAfter) {
    this.plan = plan;
    forgetAfterMillis = forgetAfter.toMillis();
    for (DetectorPlan.Assignment assignment : plan.detectors()) {
      Detector.of(assignment.spec());
      if (assignment.spec() instanceof DetectorSpec.Silence silence
          && silence.duration().compareTo(forgetAfter) >= 0) {
        throw Detector.refused(
            silence, "an asset is forgotten after " + forgetAfter + ", before it could be silent");
      }
    }
  }

  @Override
  public void open(OpenContext context) {
    stored =
        getRuntimeContext()
            .getState(
                new ValueStateDescriptor<>(
                    STATE_NAME, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    plans = new AssetPlans(plan);
    host = new DetectorHost();
    MetricGroup metrics = getRuntimeContext().getMetricGroup();
    readings = metrics.counter("readings");
    begun = metrics.counter("symptomsBegun");
    ended = metrics.counter("symptomsEnded");
    forgotten = metrics.counter("assetsForgotten");
    bytesRead = metrics.counter("stateBytesRead");
    bytesWritten = metrics.counter("stateBytesWritten");
  }

  @Override
  public void processElement(TelemetryBatch batch, Context context, Collector<Signal> out)
      throws Exception {
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
        context.timerService().deleteEventTimeTimer(timer);
      }
      context.timerService().registerEventTimeTimer(due);
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

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<Signal> out)
      throws Exception {
    byte[] bytes = read();
    if (bytes == null) {
      return;
    }
    String key = context.getCurrentKey();
    int slash = key.indexOf('/');
    AssetRef asset =
        new AssetRef(
            key.substring(0, slash), key.substring(slash + 1), host.state().peekAssetClass(bytes));
    AssetPlan assetPlan = plans.of(asset);
    host.load(assetPlan, bytes);
    if (host.state().timerMillis != timestamp) {
      return;
    }
    if (context.timerService().currentWatermark() == Long.MAX_VALUE) {
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
    context.timerService().registerEventTimeTimer(due);
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
