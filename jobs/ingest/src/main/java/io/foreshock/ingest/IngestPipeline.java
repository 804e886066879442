package io.foreshock.ingest;

import io.foreshock.model.DeadLetter;
import io.foreshock.model.RawRecord;
import io.foreshock.model.TelemetryBatch;
import io.foreshock.operators.decode.DecodeTelemetryFunction;
import io.foreshock.operators.decode.DecodeWithAssetsFunction;
import io.foreshock.operators.order.OrderTelemetryFunction;
import io.foreshock.operators.order.OrderTelemetryOperator;
import io.foreshock.state.PassedBatchSerializer;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** Raw telemetry to clean telemetry: decode, then per asset order and de-duplicate. One shuffle. */
public final class IngestPipeline {
  /** uids and names; stored in savepoints, so changing one is a migration. */
  public static final String DECODE = "decode-telemetry";

  public static final String ORDER = "order-telemetry";

  private IngestPipeline() {}

  /**
   * What comes out.
   *
   * @param telemetry each device's messages in its order, once; every store reads this stream
   * @param deadLetters what could not be used, and why
   * @param backfill what lies too far behind what was passed on, in the order of arrival
   */
  public record Streams(
      DataStream<TelemetryBatch> telemetry,
      DataStream<DeadLetter> deadLetters,
      DataStream<TelemetryBatch> backfill) {}

  /**
   * Adds the pipeline to the graph of the given stream.
   *
   * @param raw records as they came; timestamps and watermarks are the ingest clock
   */
  public static Streams define(DataStream<RawRecord> raw, IngestConfig config) {
    return order(
        raw.process(new DecodeTelemetryFunction(config.decode(), config.channels(), false)),
        config);
  }

  /**
   * Adds the pipeline, with names and units from the asset registry.
   *
   * @param assets records of the registry's topic; its watermark must not hold back the ingest
   *     clock
   * @param snapshot reads the whole registry when a task opens
   */
  public static Streams define(
      DataStream<RawRecord> raw,
      DataStream<RawRecord> assets,
      DecodeWithAssetsFunction.Snapshot snapshot,
      IngestConfig config) {
    return order(
        raw.connect(assets.broadcast())
            .process(
                new DecodeWithAssetsFunction(config.decode(), config.channels(), snapshot, false)),
        config);
  }

  private static Streams order(
      SingleOutputStreamOperator<TelemetryBatch> decoding, IngestConfig config) {
    // Readings go from the device's message to the sink as the bytes they are, mostly.
    SingleOutputStreamOperator<TelemetryBatch> decoded =
        decoding.returns(PassedBatchSerializer.type()).uid(DECODE).name(DECODE);
    SingleOutputStreamOperator<TelemetryBatch> ordered =
        OrderTelemetryOperator.order(
                decoded.keyBy(batch -> batch.asset().key(), Types.STRING), config.order())
            .uid(ORDER)
            .name(ORDER);
    return new Streams(
        ordered,
        decoded.getSideOutput(DecodeTelemetryFunction.DEAD_LETTERS),
        ordered.getSideOutput(OrderTelemetryFunction.LATE));
  }
}
