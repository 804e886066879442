package io.foreshock.ingest;

import io.foreshock.lake.LakeOptions;
import io.foreshock.patterns.catalogue.ChannelCatalogue;
import io.foreshock.runtime.TelemetryOptions;
import io.foreshock.runtime.config.Option;
import io.foreshock.runtime.config.Options;
import io.foreshock.runtime.kafka.KafkaConfig;
import io.foreshock.runtime.kafka.KafkaOptions;
import io.foreshock.store.StoreOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Everything that may be configured on {@code ingest}. */
public final class IngestOptions {
  public static final Option<List<String>> CHANNELS =
      Option.list(
              "channels",
              "Known channels, with units and ranges: `catalogue`, YAML files. Later ones replace earlier ones of the"
                  + " same name. A channel that is not known passes unchecked.")
          .withDefault(List.of(ChannelCatalogue.NAME))
          .withExample("catalogue, channels.yaml")
          .must("not be empty", list -> !list.isEmpty());

  public static final Option<Duration> LINK_HEALTH_PERIOD =
      TelemetryOptions.linkHealthPeriod(Duration.ofMinutes(1));

  public static final Option<Duration> TICKS_INTERVAL =
      Option.duration(
              "ticks.interval",
              "How often a tick is appended to every partition of the raw topics, so that time moves where no device"
                  + " speaks. `0 s` for no ticks. Also none with source.allow-create-time.")
          .withDefault(Duration.ofSeconds(1))
          .must("be 0 s or at least 100 ms", time -> time.isZero() || time.toMillis() >= 100);

  public static final Option<Boolean> TICKS_CLEAN =
      Option.yesOrNo(
              "ticks.clean",
              "Append ticks to <tenant>.telemetry as well, with this job's own clock, so that time moves for the jobs"
                  + " behind it where no device speaks. Every reader of that topic must then skip records with the"
                  + " header foreshock-tick.")
          .withDefault(false);

  public static final Option<String> ASSETS_TOPIC =
      Option.text(
              "assets.topic",
              "Compacted topic of the asset registry: the units in which devices measure, other names of channels,"
                  + " classes of assets. Empty: none, every device speaks in the units of `channels`.")
          .withDefault("")
          .withExample("foreshock.assets");

  public static final Options ALL =
      new Options(all())
          .family(KafkaOptions.CLIENT_FAMILY, KafkaOptions.CLIENT_FAMILY_DESCRIPTION)
          .contradiction(KafkaConfig::foreignClientProperties)
          .contradiction(KafkaConfig::scopeOfSeveralTenants)
          .contradiction(TelemetryOptions::bootWaitWithinMaxWait)
          .contradiction(TelemetryOptions::deviceOutlivesMaxWait);

  private IngestOptions() {}

  private static List<Option<?>> all() {
    List<Option<?>> all = new ArrayList<>();
    Stream.of(
            KafkaOptions.OF_SOURCES,
            KafkaOptions.OF_SINKS,
            List.of(TICKS_INTERVAL, TICKS_CLEAN, ASSETS_TOPIC, CHANNELS),
            TelemetryOptions.ALL,
            List.of(LINK_HEALTH_PERIOD),
            LakeOptions.ALL,
            StoreOptions.ALL)
        .forEach(all::addAll);
    return all;
  }
}
