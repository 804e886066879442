package io.foreshock.precursors;

import io.foreshock.model.DeadLetter;
import io.foreshock.model.Detection;
import io.foreshock.model.RawRecord;
import io.foreshock.model.Signal;
import io.foreshock.model.TelemetryBatch;
import io.foreshock.operators.decode.DecodeTelemetryFunction;
import io.foreshock.operators.detect.DetectSymptomsFunction;
import io.foreshock.operators.order.OrderTelemetryFunction;
import io.foreshock.patterns.engine.MatchPatternsFunction;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * Raw telemetry to detections: decode, then per asset order, detect symptoms and match patterns.
 *
 * <p>One shuffle: the three keyed operators have the same key and run in one task.
 */
public final class PrecursorsPipeline {
  /** uids and names; stored in savepoints, so changing one is a migration. */
  public static final String DECODE = "decode-telemetry";

  public static final String ORDER = "order-telemetry";
  public static final String DETECT = "detect-symptoms";
  public static final String MATCH = "match-patterns";

  private static final KeySelector<TelemetryBatch, String> BATCH_KEY = batch -> batch.asset().key();
  private static final KeySelector<Signal, String> SIGNAL_KEY = signal -> signal.asset().key();

  private PrecursorsPipeline() {}

  /**
   * What comes out.
   *
   * @param detections precursors that were seen
   * @param deadLetters what could not be used, and why
   * @param late what came after its place in the device's sequence had been given up
   */
  public record Streams(
      DataStream<Detection> detections,
      DataStream<DeadLetter> deadLetters,
      DataStream<TelemetryBatch> late) {}

  /**
   * Adds the pipeline to the graph of the given stream.
   *
   * @param raw records as they came; timestamps and watermarks are the ingest clock
   */
  public static Streams define(DataStream<RawRecord> raw, PrecursorsConfig config) {
    SingleOutputStreamOperator<TelemetryBatch> decoded =
        raw.process(new DecodeTelemetryFunction(config.decode(), config.channels()))
            .uid(DECODE)
            .name(DECODE);

    SingleOutputStreamOperator<TelemetryBatch> ordered =
        decoded
            .keyBy(BATCH_KEY, Types.STRING)
            .process(new OrderTelemetryFunction(config.order()))
            .uid(ORDER)
            .name(ORDER);

    SingleOutputStreamOperator<Signal> signals =
        DataStreamUtils.reinterpretAsKeyedStream(ordered, BATCH_KEY, Types.STRING)
            .process(
                new DetectSymptomsFunction(
                    config.patterns().detectors(), config.assetForgetAfter()))
            .uid(DETECT)
            .name(DETECT);

    SingleOutputStreamOperator<Detection> detections =
        DataStreamUtils.reinterpretAsKeyedStream(signals, SIGNAL_KEY, Types.STRING)
            .process(new MatchPatternsFunction(config.patterns(), config.engine()))
            .uid(MATCH)
            .name(MATCH);

    return new Streams(
        detections,
        decoded.getSideOutput(DecodeTelemetryFunction.DEAD_LETTERS),
        ordered.getSideOutput(OrderTelemetryFunction.LATE));
  }
}
