package io.foreshock.runtime.kafka;

import io.foreshock.model.TelemetryBatch;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Properties;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Reads what ingest passed on: {@code <tenant>.telemetry}, in the order of each device, and {@code
 * <tenant>.telemetry.backfill}, what came too late for its place. Committed records only; the
 * tenant is that of the topic's name; new tenants are found while the job runs.
 *
 * <p>Time is the ingest clock of the first hop, which each message carries ({@link
 * TelemetryBatch#appendTimeMillis()}), and never the time at which ingest wrote it: when ingest is
 * away for an hour, the clock goes on with what it then catches up, so nobody seems to have been
 * silent. See {@link CleanClock}. Backfill has no part in the clock. While a backlog is read, none
 * of the two is read ahead of the other by more than half an hour of ingest time: see {@link
 * SourceAlignment}.
 *
 * <p>A record that cannot be read is counted ({@code unreadable}) and logged, and left out: only
 * ingest writes these topics, so it is a fault of the installation and no device's.
 */
public final class CleanTelemetrySource {
  /** uid and name of the source of telemetry. */
  public static final String READ = "read-telemetry";

  /** uid and name of the filter behind it; holds no state. */
  public static final String DROP_TICKS = "drop-ticks";

  /** uid and name of the source of backfill. */
  public static final String READ_BACKFILL = "read-backfill";

  /** uid and name of what keeps backfill off the ingest clock; holds no state. */
  public static final String DROP_CLOCK = "drop-backfill-clock";

  /** Kinds of topics that are read, for {@link KafkaStartChecks}. */
  public static final List<TenantTopic> TOPICS =
      List.of(TenantTopic.TELEMETRY, TenantTopic.BACKFILL);

  private CleanTelemetrySource() {}

  /**
   * Adds the source of telemetry to a graph.
   *
   * @param job name of the job: consumer group and prefix of client ids, for monitoring only
   * @param written kinds of topics that the job writes: a tenant is read once it has them
   */
  public static DataStream<TelemetryBatch> read(
      StreamExecutionEnvironment environment,
      KafkaConfig config,
      String job,
      Collection<? extends TopicPerTenant> written) {
    return environment
        .fromSource(
            source(TenantTopic.TELEMETRY, config, job, written), CleanClock.strategy(config), READ)
        .uid(READ)
        .name(READ)
        .filter(batch -> !CleanTelemetryDeserializer.isTick(batch))
        .uid(DROP_TICKS)
        .name(DROP_TICKS);
  }

  /** Adds the source of backfill to a graph; it has no part in the clock. */
  public static DataStream<TelemetryBatch> readBackfill(
      StreamExecutionEnvironment environment,
      KafkaConfig config,
      String job,
      Collection<? extends TopicPerTenant> written) {
    return environment
        .fromSource(
            source(TenantTopic.BACKFILL, config, job, written),
            BackfillClock.strategy(config),
            READ_BACKFILL)
        .uid(READ_BACKFILL)
        .name(READ_BACKFILL)
        .assignTimestampsAndWatermarks(
            WatermarkStrategy.<TelemetryBatch>forGenerator(context -> new NoClock<>())
                .withTimestampAssigner((batch, timestamp) -> batch.appendTimeMillis()))
        .uid(DROP_CLOCK)
        .name(DROP_CLOCK);
  }

  static KafkaSource<TelemetryBatch> source(
      TenantTopic kind,
      KafkaConfig config,
      String job,
      Collection<? extends TopicPerTenant> written) {
    String group = config.installation() + "." + config.scope() + "." + job;
    Properties properties = config.clientProperties();
    properties.setProperty("isolation.level", "read_committed");
    properties.setProperty("commit.offsets.on.checkpoint", "true");
    properties.setProperty(
        "partition.discovery.interval.ms", String.valueOf(config.discoveryInterval().toMillis()));
    return KafkaSource.<TelemetryBatch>builder()
        .setProperties(properties)
        .setGroupId(group)
        .setClientIdPrefix(kind == TenantTopic.BACKFILL ? group + ".backfill" : group)
        .setKafkaSubscriber(new ServedTenants(new TenantTopics(kind, config, written)))
        .setStartingOffsets(
            switch (config.startFrom()) {
              case EARLIEST -> OffsetsInitializer.earliest();
              case LATEST -> OffsetsInitializer.latest();
            })
        .setDeserializer(
            new CleanTelemetryDeserializer(
                kind, kind == TenantTopic.TELEMETRY ? SlowStart.LASTS : Duration.ZERO))
        .build();
  }
}
