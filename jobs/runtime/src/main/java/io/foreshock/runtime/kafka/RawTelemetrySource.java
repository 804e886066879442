package io.foreshock.runtime.kafka;

import io.foreshock.model.RawRecord;
import java.util.Collection;
import java.util.Properties;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Reads {@code <tenant>.telemetry.raw} of the tenants served.
 *
 * <p>Watermark: the ingest clock, per partition, from the record's timestamp, which is the broker's
 * append time and never goes back. Reads committed records only.
 */
public final class RawTelemetrySource {
  /** uid and name of the source. */
  public static final String READ = "read-raw-telemetry";

  /** uid and name of the filter behind it; holds no state. */
  public static final String DROP_TICKS = "drop-ticks";

  private RawTelemetrySource() {}

  /**
   * Adds the source to a graph.
   *
   * @param job name of the job: consumer group and prefix of client ids, for monitoring only
   * @param written kinds of topics that the job writes: a tenant is read once it has them
   */
  public static DataStream<RawRecord> read(
      StreamExecutionEnvironment environment,
      KafkaConfig config,
      String job,
      Collection<? extends TopicPerTenant> written) {
    return environment
        .fromSource(source(config, job, written), ingestClock(config), READ)
        .uid(READ)
        .name(READ)
        .filter(record -> !RawRecordDeserializer.isTick(record))
        .uid(DROP_TICKS)
        .name(DROP_TICKS);
  }

  static WatermarkStrategy<RawRecord> ingestClock(KafkaConfig config) {
    WatermarkStrategy<RawRecord> clock = WatermarkStrategy.forMonotonousTimestamps();
    return config.idleAfter().isZero() ? clock : clock.withIdleness(config.idleAfter());
  }

  static KafkaSource<RawRecord> source(
      KafkaConfig config, String job, Collection<? extends TopicPerTenant> written) {
    return source(
        config, config.installation() + "." + config.scope() + "." + job, TenantTopic.RAW, written);
  }

  /**
   * A source of topics of one kind.
   *
   * @param group consumer group and prefix of client ids
   * @param kind what is read
   * @param others kinds of topics that a tenant must have beside that one
   */
  static KafkaSource<RawRecord> source(
      KafkaConfig config,
      String group,
      TenantTopic kind,
      Collection<? extends TopicPerTenant> others) {
    Properties properties = config.clientProperties();
    properties.setProperty("isolation.level", "read_committed");
    // The broker answers after this time even with little data; the default of 500 ms would be half
    // of the second that an alert may take.
    properties.putIfAbsent("fetch.max.wait.ms", "20");
    properties.setProperty("commit.offsets.on.checkpoint", "true");
    properties.setProperty(
        "partition.discovery.interval.ms", String.valueOf(config.discoveryInterval().toMillis()));
    return KafkaSource.<RawRecord>builder()
        .setProperties(properties)
        .setGroupId(group)
        .setClientIdPrefix(group)
        .setKafkaSubscriber(new ServedTenants(new TenantTopics(kind, config, others)))
        .setStartingOffsets(
            switch (config.startFrom()) {
              case EARLIEST -> OffsetsInitializer.earliest();
              case LATEST -> OffsetsInitializer.latest();
            })
        .setDeserializer(new RawRecordDeserializer(kind))
        .build();
  }
}
