package io.foreshock.runtime.kafka;

import io.foreshock.model.RawRecord;
import java.util.Collection;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Reads topics that exist once per tenant and that jobs or people write, not devices. Committed
 * records only; a record's timestamp is the one that Kafka gives it, and no watermark comes.
 */
public final class TenantSource {

  private TenantSource() {}

  /**
   * Adds a source to a graph.
   *
   * @param kind what is read
   * @param job name of the job: consumer group and prefix of client ids, for monitoring only
   * @param others kinds of topics that a tenant must have beside that one
   * @param uid uid and name of the source
   */
  public static DataStream<RawRecord> read(
      StreamExecutionEnvironment environment,
      KafkaConfig config,
      TenantTopic kind,
      String job,
      Collection<? extends TopicPerTenant> others,
      String uid) {
    String group = config.installation() + "." + config.scope() + "." + job;
    return environment
        .fromSource(
            RawTelemetrySource.source(config, group + kind.of(""), kind, others),
            WatermarkStrategy.noWatermarks(),
            uid)
        .uid(uid)
        .name(uid);
  }
}
