package io.foreshock.precursors;

import io.foreshock.model.DeadLetter;
import io.foreshock.model.Detection;
import io.foreshock.model.NearMiss;
import io.foreshock.model.PatternRecord;
import io.foreshock.model.RawRecord;
import io.foreshock.model.Signal;
import io.foreshock.model.TelemetryBatch;
import io.foreshock.operators.decode.DecodeTelemetryFunction;
import io.foreshock.operators.detect.DetectSymptomsFunction;
import io.foreshock.operators.order.OrderTelemetryFunction;
import io.foreshock.operators.order.OrderTelemetryOperator;
import io.foreshock.patterns.engine.MatchPatternsFunction;
import io.foreshock.patterns.engine.MatchPatternsOperator;
import io.foreshock.patterns.live.CheckPatternsFunction;
import io.foreshock.patterns.live.DetectLiveSymptomsFunction;
import io.foreshock.patterns.live.MatchLivePatternsOperator;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.streaming.api.datastream.BroadcastStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * Raw telemetry to detections: decode, then per asset order, detect symptoms and match patterns.
 *
 * <p>One shuffle: the three keyed operators have the same key. With patterns from files alone they
 * run in one task; with patterns that change, each of the last two has a task of its own in the
 * same slot, for an operator with two inputs begins one.
 */
public final class PrecursorsPipeline {
  /** uids and names; stored in savepoints, so changing one is a migration. */
  public static final String DECODE = "decode-telemetry";

  public static final String ORDER = "order-telemetry";
  public static final String DETECT = "detect-symptoms";
  public static final String MATCH = "match-patterns";
  public static final String CHECK_PATTERNS = "check-patterns";

  private static final KeySelector<TelemetryBatch, String> BATCH_KEY = batch -> batch.asset().key();
  private static final KeySelector<Signal, String> SIGNAL_KEY = signal -> signal.asset().key();

  private PrecursorsPipeline() {}

  /**
   * What comes out.
   *
   * @param detections precursors that were seen
   * @param deadLetters what could not be used, and why
   * @param late what came after its place in the device's sequence had been given up
   * @param nearMisses matches that did not complete, those that are asked for
   * @param signals what the patterns look at: symptoms and events
   */
  public record Streams(
      DataStream<Detection> detections,
      DataStream<DeadLetter> deadLetters,
      DataStream<TelemetryBatch> late,
      DataStream<NearMiss> nearMisses,
      DataStream<Signal> signals) {}

  /**
   * Adds the pipeline to the graph of the given stream.
   *
   * @param raw records as they came; timestamps and watermarks are the ingest clock
   */
  public static Streams define(DataStream<RawRecord> raw, PrecursorsConfig config) {
    Ordered ordered = order(raw, config);
    SingleOutputStreamOperator<Signal> signals =
        ordered
            .keyed()
            .process(
                new DetectSymptomsFunction(
                    config.patterns().detectors(), config.assetForgetAfter()));
    SingleOutputStreamOperator<Detection> detections =
        MatchPatternsOperator.match(
            keyed(signals.uid(DETECT).name(DETECT)),
            config.patterns(),
            config.engine(),
            config.nearMisses());
    return ordered.streams(signals, detections.uid(MATCH).name(MATCH));
  }

  /**
   * Adds the pipeline, with patterns that change while it runs.
   *
   * @param published records of the topic of patterns; its watermark must not hold back the ingest
   *     clock
   */
  public static LiveStreams define(
      DataStream<RawRecord> raw, DataStream<PatternRecord> published, PrecursorsConfig config) {
    SingleOutputStreamOperator<PatternRecord> checked =
        published
            .process(new CheckPatternsFunction(config.liveRules()))
            .uid(CHECK_PATTERNS)
            .name(CHECK_PATTERNS)
            .setParallelism(1);
    BroadcastStream<PatternRecord> changes = checked.broadcast(DetectLiveSymptomsFunction.state());
    Ordered ordered = order(raw, config);
    SingleOutputStreamOperator<Signal> signals =
        ordered
            .keyed()
            .connect(changes)
            .process(new DetectLiveSymptomsFunction(config.liveRules()));
    SingleOutputStreamOperator<Detection> detections =
        MatchLivePatternsOperator.match(
            keyed(signals.uid(DETECT).name(DETECT)), checked, config.liveRules());
    return new LiveStreams(
        ordered.streams(signals, detections.uid(MATCH).name(MATCH)),
        checked.getSideOutput(CheckPatternsFunction.STATUS));
  }

  /**
   * What comes out when patterns may change.
   *
   * @param streams as without changes
   * @param status what became of each published pattern, encoded
   */
  public record LiveStreams(Streams streams, DataStream<PatternRecord> status) {}

  /** The pipeline up to the order of each device's messages. */
  private record Ordered(
      SingleOutputStreamOperator<TelemetryBatch> decoded,
      SingleOutputStreamOperator<TelemetryBatch> ordered) {

    KeyedStream<TelemetryBatch, String> keyed() {
      return DataStreamUtils.reinterpretAsKeyedStream(ordered, BATCH_KEY, Types.STRING);
    }

    Streams streams(DataStream<Signal> signals, SingleOutputStreamOperator<Detection> detections) {
      return new Streams(
          detections,
          decoded.getSideOutput(DecodeTelemetryFunction.DEAD_LETTERS),
          ordered.getSideOutput(OrderTelemetryFunction.LATE),
          detections.getSideOutput(MatchPatternsFunction.NEAR_MISSES),
          signals);
    }
  }

  private static Ordered order(DataStream<RawRecord> raw, PrecursorsConfig config) {
    SingleOutputStreamOperator<TelemetryBatch> decoded =
        raw.process(new DecodeTelemetryFunction(config.decode(), config.channels()))
            .uid(DECODE)
            .name(DECODE);
    return new Ordered(
        decoded,
        OrderTelemetryOperator.order(decoded.keyBy(BATCH_KEY, Types.STRING), config.order())
            .uid(ORDER)
            .name(ORDER));
  }

  private static KeyedStream<Signal, String> keyed(DataStream<Signal> signals) {
    return DataStreamUtils.reinterpretAsKeyedStream(signals, SIGNAL_KEY, Types.STRING);
  }
}
