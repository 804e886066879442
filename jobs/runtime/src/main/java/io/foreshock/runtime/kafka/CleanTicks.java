package io.foreshock.runtime.kafka;

import java.time.Duration;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * A tick in every partition of the clean topics whenever the ingest clock of the job has gone on:
 * an empty record with the header {@value RawRecordDeserializer#TICK_HEADER}, whose 8 bytes are the
 * watermark. So the clock of jobs behind goes on where no device speaks, and stands still while
 * this job does.
 *
 * <p>Ticks are in no transaction. One may come some milliseconds before the messages that it says
 * are over: readers must not drop what is behind the clock.
 */
public final class CleanTicks {
  /** uid and name of the filter that lets watermarks pass and nothing else; holds no state. */
  public static final String WATCH = "watch-clock";

  /** uid and name of the operator that makes ticks; holds no state. */
  public static final String MAKE = "make-clean-ticks";

  /** uid and name of the sink. */
  public static final String WRITE = "write-clean-ticks";

  private CleanTicks() {}

  /**
   * Adds the ticks to a graph.
   *
   * @param telemetry what goes to the clean topics
   * @param interval time by which the clock goes on between two ticks; positive
   */
  public static <T> void write(DataStream<T> telemetry, KafkaConfig config, Duration interval) {
    telemetry
        .filter(batch -> false)
        .uid(WATCH)
        .name(WATCH)
        .transform(MAKE, Types.LONG, new ClockOperator<>(interval.toMillis()))
        .uid(MAKE)
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
      return new TickWriter(config, TenantTopic.TELEMETRY, true, context.metricGroup());
    }
  }
}
