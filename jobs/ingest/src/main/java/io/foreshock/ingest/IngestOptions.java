package io.foreshock.ingest;

import io.foreshock.patterns.catalogue.ChannelCatalogue;
import io.foreshock.runtime.TelemetryOptions;
import io.foreshock.runtime.config.Option;
import io.foreshock.runtime.config.Options;
import io.foreshock.runtime.kafka.KafkaConfig;
import io.foreshock.runtime.kafka.KafkaOptions;
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

  public static final Options ALL =
      new Options(all())
          .family(KafkaOptions.CLIENT_FAMILY, KafkaOptions.CLIENT_FAMILY_DESCRIPTION)
          .contradiction(KafkaConfig::foreignClientProperties)
          .contradiction(TelemetryOptions::bootWaitWithinMaxWait)
          .contradiction(TelemetryOptions::deviceOutlivesMaxWait);

  private IngestOptions() {}

  private static List<Option<?>> all() {
    List<Option<?>> all = new ArrayList<>();
    Stream.of(
            KafkaOptions.OF_SOURCES, KafkaOptions.OF_SINKS, List.of(CHANNELS), TelemetryOptions.ALL)
        .forEach(all::addAll);
    return all;
  }
}
