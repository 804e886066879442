package io.foreshock.features;

import io.foreshock.operators.features.ComputeFeaturesFunction;
import io.foreshock.operators.features.definition.FeatureCatalogue;
import io.foreshock.patterns.catalogue.ChannelCatalogue;
import io.foreshock.runtime.avro.AvroOptions;
import io.foreshock.runtime.config.Option;
import io.foreshock.runtime.config.Options;
import io.foreshock.runtime.kafka.KafkaConfig;
import io.foreshock.runtime.kafka.KafkaOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Everything that may be configured on {@code features}. */
public final class FeaturesOptions {
  public static final Option<List<String>> SETS =
      Option.list(
              "feature-sets",
              "Feature sets that are computed: `catalogue`, YAML files, folders of them. A set of a later one replaces"
                  + " one of the same name.")
          .withDefault(List.of(FeatureCatalogue.NAME))
          .withExample("catalogue, sets/")
          .must("not be empty", list -> !list.isEmpty());

  public static final Option<List<String>> CHANNELS =
      Option.list(
              "channels",
              "Known channels, with units: `catalogue`, YAML files. Later ones replace earlier ones of the same name.")
          .withDefault(List.of(ChannelCatalogue.NAME))
          .withExample("catalogue, channels.yaml")
          .must("not be empty", list -> !list.isEmpty());

  public static final Option<Duration> FORGET_AFTER =
      Option.duration(
              "assets.forget-after",
              "An asset that says nothing for this long is forgotten, on the ingest clock; its windows then begin anew.")
          .withDefault(ComputeFeaturesFunction.DEFAULT_FORGET_AFTER)
          .must("be at least 1 d", time -> time.compareTo(Duration.ofDays(1)) >= 0);

  public static final Option<String> ASSETS_TOPIC =
      Option.text(
              "assets.topic",
              "Compacted topic of the asset registry: of which model machines are. Empty: none, and sets that compare"
                  + " machines of a model (`fleet`) give no rows.")
          .withDefault("")
          .withExample("foreshock.assets");

  public static final Options ALL =
      new Options(all())
          .family(KafkaOptions.CLIENT_FAMILY, KafkaOptions.CLIENT_FAMILY_DESCRIPTION)
          .contradiction(KafkaConfig::foreignClientProperties)
          .contradiction(KafkaConfig::scopeOfSeveralTenants);

  private FeaturesOptions() {}

  private static List<Option<?>> all() {
    List<Option<?>> all = new ArrayList<>();
    Stream.of(
            KafkaOptions.OF_SOURCES,
            KafkaOptions.OF_SINKS,
            List.of(SETS, CHANNELS, FORGET_AFTER, ASSETS_TOPIC),
            AvroOptions.ALL)
        .forEach(all::addAll);
    return all;
  }
}
