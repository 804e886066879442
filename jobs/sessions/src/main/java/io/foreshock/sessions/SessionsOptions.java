package io.foreshock.sessions;

import io.foreshock.operators.sessions.SessionCatalogue;
import io.foreshock.operators.sessions.SessionRules;
import io.foreshock.patterns.catalogue.ChannelCatalogue;
import io.foreshock.runtime.avro.AvroOptions;
import io.foreshock.runtime.config.Option;
import io.foreshock.runtime.config.Options;
import io.foreshock.runtime.kafka.KafkaConfig;
import io.foreshock.runtime.kafka.KafkaOptions;
import io.foreshock.store.StoreOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Everything that may be configured on {@code sessions}. */
public final class SessionsOptions {
  public static final Option<List<String>> RULES =
      Option.list(
              "sessions.rules",
              "What a session is, by class of asset: `catalogue`, YAML files. A rule replaces an earlier one of the same"
                  + " name. Assets of a class without a rule have no sessions.")
          .withDefault(List.of(SessionCatalogue.NAME))
          .withExample("catalogue, sessions.yaml")
          .must("not be empty", list -> !list.isEmpty());

  public static final Option<Duration> HORIZON =
      Option.duration(
              "sessions.horizon",
              "How far behind an asset's newest reading sessions are remembered, to be extended and merged by late"
                  + " readings; older readings are counted (behindHorizon) and left out.")
          .withDefault(SessionRules.DEFAULT_HORIZON)
          .must(
              "be between 1 min and 365 d", time -> time.toMinutes() >= 1 && time.toDays() <= 365);

  public static final Option<Duration> CORRECTION_DELAY =
      Option.duration(
              "sessions.correction-delay",
              "How long late readings of an asset are gathered before what they change is told, on the ingest clock.")
          .withDefault(SessionRules.DEFAULT_CORRECTION_DELAY)
          .must("not be negative", time -> !time.isNegative());

  public static final Option<Integer> MAX_REMEMBERED =
      Option.wholeNumber(
              "sessions.max-remembered",
              "Sessions of one asset that are remembered at most; one more, and the oldest is forgotten"
                  + " (forgottenEarly).")
          .withDefault(SessionRules.DEFAULT_MAX_REMEMBERED)
          .must("be between 1 and 10000", number -> number >= 1 && number <= 10_000);

  public static final Option<Duration> FORGET_AFTER =
      Option.duration(
              "assets.forget-after",
              "An asset that says nothing for this long is forgotten, on the ingest clock. What it uploads later is told"
                  + " anew and may replace what was told of the same days: keep it longer than assets are offline.")
          .withDefault(SessionRules.DEFAULT_FORGET_AFTER)
          .must("be at least 1 d", time -> time.compareTo(Duration.ofDays(1)) >= 0);

  public static final Option<List<String>> CHANNELS =
      Option.list(
              "channels",
              "Channels that rules may name, with units: `catalogue`, YAML files. Later ones replace earlier ones of the"
                  + " same name.")
          .withDefault(List.of(ChannelCatalogue.NAME))
          .withExample("catalogue, channels.yaml")
          .must("not be empty", list -> !list.isEmpty());

  public static final Options ALL =
      new Options(all())
          .family(KafkaOptions.CLIENT_FAMILY, KafkaOptions.CLIENT_FAMILY_DESCRIPTION)
          .contradiction(KafkaConfig::foreignClientProperties)
          .contradiction(KafkaConfig::scopeOfSeveralTenants);

  private SessionsOptions() {}

  private static List<Option<?>> all() {
    List<Option<?>> all = new ArrayList<>();
    Stream.of(
            KafkaOptions.OF_SOURCES,
            KafkaOptions.OF_SINKS,
            List.of(RULES, HORIZON, CORRECTION_DELAY, MAX_REMEMBERED, FORGET_AFTER, CHANNELS),
            AvroOptions.ALL,
            StoreOptions.ALL)
        .forEach(all::addAll);
    return all;
  }
}
