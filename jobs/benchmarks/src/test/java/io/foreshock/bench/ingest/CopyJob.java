package io.foreshock.bench.ingest;

import io.foreshock.model.RawRecord;
import io.foreshock.runtime.config.Settings;
import io.foreshock.runtime.kafka.KafkaConfig;
import io.foreshock.runtime.kafka.RawTelemetrySource;
import io.foreshock.runtime.kafka.RecordForm;
import io.foreshock.runtime.kafka.TenantSinks;
import io.foreshock.runtime.kafka.TenantTopic;
import java.util.Set;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Raw records to another topic as they are: the same source, the same sink, the same delivery, and
 * nothing in between.
 */
final class CopyJob {
  static final String NAME = "copy";

  private CopyJob() {}

  /**
   * @param settings of {@code ingest}
   * @param target the same, but for the tenant that is written to
   */
  static void connect(StreamExecutionEnvironment environment, Settings settings, Settings target) {
    RawTelemetrySource.read(
            environment, KafkaConfig.from(settings), NAME, Set.of(TenantTopic.TELEMETRY))
        .sinkTo(
            TenantSinks.to(
                TenantTopic.TELEMETRY, KafkaConfig.from(target), NAME, "telemetry", new Form()))
        .uid("write-copy")
        .name("write-copy");
  }

  private record Form() implements RecordForm<RawRecord> {
    private static final long serialVersionUID = 1L;

    @Override
    public String tenant(RawRecord record) {
      return BenchBroker.COPY_TENANT;
    }

    @Override
    public byte[] key(RawRecord record) {
      return record.key();
    }

    @Override
    public byte[] value(RawRecord record) {
      return record.value();
    }

    @Override
    public Long timestampMillis(RawRecord record) {
      return record.appendTimeMillis();
    }
  }
}
