package io.foreshock.precursors;

import io.foreshock.operators.detect.DetectSymptomsFunction;
import io.foreshock.patterns.engine.EngineRules;
import io.foreshock.patterns.engine.NearMissRules;
import io.foreshock.runtime.TelemetryOptions;
import io.foreshock.runtime.config.Option;
import io.foreshock.runtime.config.Options;
import io.foreshock.runtime.config.Settings;
import io.foreshock.runtime.kafka.KafkaConfig;
import io.foreshock.runtime.kafka.KafkaOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.configuration.MemorySize;

/** Everything that may be configured on {@code precursors}. */
public final class PrecursorsOptions {
  /** Stands for the patterns or channels that come with Foreshock. */
  public static final String CATALOGUE = "catalogue";

  public static final Option<List<String>> PATTERNS =
      Option.list(
              "patterns",
              "Patterns to run: `catalogue` for those that come with Foreshock, `catalogue:<set>` for a reference set,"
                  + " YAML files, folders of YAML files. Of several versions of a pattern the highest runs.")
          .withDefault(List.of(CATALOGUE))
          .withExample("catalogue, patterns/plant-1")
          .must("not be empty", list -> !list.isEmpty());

  public static final Option<String> PATTERNS_TOPIC =
      Option.text(
              "patterns.topic",
              "Compacted topic of patterns that are added, changed, paused and removed while the job runs, beside those"
                  + " of `patterns`; answers go to `<topic>.status`. Empty: files only.")
          .withDefault("")
          .withExample("foreshock.patterns");

  public static final Option<List<String>> CHANNELS =
      Option.list(
              "channels",
              "Channels that patterns may name, with units and ranges: `catalogue`, YAML files. Later ones replace"
                  + " earlier ones of the same name.")
          .withDefault(List.of(CATALOGUE))
          .withExample("catalogue, channels.yaml")
          .must("not be empty", list -> !list.isEmpty());

  public static final Option<Duration> LINK_HEALTH_PERIOD =
      TelemetryOptions.linkHealthPeriod(Duration.ZERO);

  public static final Option<Duration> ASSET_FORGET_AFTER =
      Option.duration(
              "assets.forget-after",
              "The baselines of an asset that says nothing for this long are forgotten, on the ingest clock.")
          .withDefault(DetectSymptomsFunction.DEFAULT_FORGET_AFTER)
          .must("be positive", PrecursorsOptions::isPositive);

  public static final Option<Duration> OFFLINE_GRACE =
      Option.duration(
              "matches.offline-grace",
              "How long an asset may say nothing beyond the deadline of its open matches before they are given up,"
                  + " on the ingest clock.")
          .withDefault(EngineRules.DEFAULT.offlineGrace())
          .must("not be negative", PrecursorsOptions::isNotNegative);

  public static final Option<Integer> MAX_BUFFERED =
      Option.wholeNumber(
              "matches.max-buffered-signals",
              "Signals that the open matches of one pattern may hold for each asset.")
          .withDefault(EngineRules.DEFAULT.maxBufferedSignals())
          .must("be at least 1", number -> number >= 1);

  public static final Option<MemorySize> MATCHES_MEMORY =
      Option.size(
              "matches.memory",
              "Heap that each task of match-patterns may use to keep the open matches of the assets heard of last, in"
                  + " front of the state; 32 mb hold some 100,000 assets with one open match each. One task runs in"
                  + " each slot. `0 b` reads and writes the state with each signal that a pattern uses.")
          .withDefault(new MemorySize(EngineRules.DEFAULT.memoryBytes()))
          .withExample("64 mb");

  public static final Option<Boolean> WRITE_DEAD_LETTERS =
      Option.yesOrNo(
              "dead-letters.write",
              "Write dead letters to <tenant>.telemetry.dlq. Otherwise they are counted only; in an installation with"
                  + " the job ingest, that one writes them.")
          .withDefault(false);

  public static final Option<Boolean> WRITE_NEAR_MISSES =
      Option.yesOrNo(
              "near-misses.write",
              "Write matches that began and did not complete to <tenant>.near-misses, of the patterns of"
                  + " `near-misses.trace` and of those asked for with foreshock patterns trace. Otherwise they are"
                  + " counted only.")
          .withDefault(false);

  public static final Option<List<String>> NEAR_MISSES_TRACE =
      Option.list(
              "near-misses.trace",
              "Patterns whose near misses are written from the start: `<pattern>`, `<pattern>@<tenant>` or"
                  + " `<pattern>@<tenant>/<asset>`.")
          .withDefault(List.of())
          .withExample("bearing-wear, pump-cavitation@acme/pump-7")
          .must("name patterns", list -> list.stream().allMatch(PrecursorsOptions::isTrace));

  public static final Option<Integer> NEAR_MISSES_PER_MINUTE =
      Option.wholeNumber(
              "near-misses.max-per-minute",
              "Near misses of one pattern that each task writes in a minute; the rest is counted as withheld.")
          .withDefault(NearMissRules.NONE.maxPerMinute())
          .must("be at least 1", number -> number >= 1);

  public static final Options ALL =
      new Options(all())
          .family(KafkaOptions.CLIENT_FAMILY, KafkaOptions.CLIENT_FAMILY_DESCRIPTION)
          .contradiction(KafkaConfig::foreignClientProperties)
          .contradiction(KafkaConfig::scopeOfSeveralTenants)
          .contradiction(TelemetryOptions::bootWaitWithinMaxWait)
          .contradiction(TelemetryOptions::deviceOutlivesMaxWait)
          .contradiction(PrecursorsOptions::tracedNearMissesAreWritten);

  private PrecursorsOptions() {}

  private static List<Option<?>> all() {
    List<Option<?>> patterns = List.of(PATTERNS, PATTERNS_TOPIC, CHANNELS);
    List<Option<?>> behaviour =
        List.of(
            LINK_HEALTH_PERIOD,
            ASSET_FORGET_AFTER,
            OFFLINE_GRACE,
            MAX_BUFFERED,
            MATCHES_MEMORY,
            WRITE_DEAD_LETTERS,
            WRITE_NEAR_MISSES,
            NEAR_MISSES_TRACE,
            NEAR_MISSES_PER_MINUTE);
    List<Option<?>> all = new ArrayList<>();
    Stream.of(
            KafkaOptions.OF_SOURCES,
            KafkaOptions.OF_SINKS,
            patterns,
            TelemetryOptions.ALL,
            behaviour)
        .forEach(all::addAll);
    return all;
  }

  private static Optional<String> tracedNearMissesAreWritten(Settings settings) {
    return settings.get(NEAR_MISSES_TRACE).isEmpty() || settings.get(WRITE_NEAR_MISSES)
        ? Optional.empty()
        : Optional.of(
            "near-misses.trace names patterns, but near-misses.write is false, so nothing would be written. Set it to"
                + " true and create the topics <tenant>.near-misses.");
  }

  private static boolean isTrace(String text) {
    return text.matches("[a-z0-9-]+(@[a-z0-9-]+(/.+)?)?");
  }

  private static boolean isPositive(Duration time) {
    return !time.isNegative() && !time.isZero();
  }

  private static boolean isNotNegative(Duration time) {
    return !time.isNegative();
  }
}
