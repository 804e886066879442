package io.foreshock.operators.detect;

import io.foreshock.model.AssetRef;
import io.foreshock.model.Signal;
import io.foreshock.model.TelemetryBatch;
import java.time.Duration;
import org.apache.flink.api.common.functions.OpenContext;
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
  private final Duration forgetAfter;

  private transient SymptomDetection detection;

  public DetectSymptomsFunction(DetectorPlan plan) {
    this(plan, DEFAULT_FORGET_AFTER);
  }

  /**
   * @param forgetAfter ingest time without a batch after which an asset is forgotten; longer than
   *     any silence of the plan
   * @throws IllegalArgumentException when a specification contradicts itself
   */
  public DetectSymptomsFunction(DetectorPlan plan, Duration forgetAfter) {
    SymptomDetection.check(plan, forgetAfter);
    this.plan = plan;
    this.forgetAfter = forgetAfter;
  }

  @Override
  public void open(OpenContext context) {
    detection = new SymptomDetection(forgetAfter);
    detection.open(getRuntimeContext());
    detection.use(plan);
  }

  @Override
  public void processElement(TelemetryBatch batch, Context context, Collector<Signal> out)
      throws Exception {
    detection.onBatch(batch, context.timerService(), out);
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<Signal> out)
      throws Exception {
    detection.onTimer(timestamp, context.getCurrentKey(), context.timerService(), out);
  }
}
