package io.foreshock.runtime.kafka;

import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * A tick in every partition of the raw topics, again and again: an empty record with the header
 * {@value RawRecordDeserializer#TICK_HEADER}. The broker stamps it with its append time, so the
 * ingest clock moves where no device speaks, a tenant without any telemetry still times out, and a
 * broker that is gone rightly stops time.
 *
 * <p>The ticks are a graph of their own inside the job: they neither wait for telemetry nor hold it
 * up, and a tick that cannot be written fails nothing ({@link TickWriter}).
 */
public final class RawTicks {
  /** uid and name of the source. */
  public static final String MAKE = "make-ticks";

  /** uid and name of the sink. */
  public static final String WRITE = "write-ticks";

  private RawTicks() {}

  /**
   * Adds the ticks to a graph.
   *
   * @param interval time between two ticks of a partition; positive
   */
  public static void write(
      StreamExecutionEnvironment environment, KafkaConfig config, Duration interval) {
    DataGeneratorSource<Long> source =
        new DataGeneratorSource<>(
            number -> number,
            Long.MAX_VALUE,
            RateLimiterStrategy.perSecond(1_000.0 / interval.toMillis()),
            Types.LONG);
    environment
        .fromSource(source, WatermarkStrategy.noWatermarks(), MAKE)
        .uid(MAKE)
        .name(MAKE)
        .setParallelism(1)
        .sinkTo(new TickSink(config))
        .uid(WRITE)
        .name(WRITE)
        .setParallelism(1);
  }

  private record TickSink(KafkaConfig config) implements Sink<Long> {
    private static final long serialVersionUID = 1L;

    @Override
    public SinkWriter<Long> createWriter(WriterInitContext context) {
      return new TickWriter(config, TenantTopic.RAW, false, context.metricGroup());
    }
  }
}
