package io.foreshock.alerts;

import io.foreshock.operators.alerts.AlertRules;
import io.foreshock.operators.alerts.AlertRules.StormGroup;
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

/** Everything that may be configured on {@code alerts}. */
public final class AlertsOptions {
  /** Stands for the policy that comes with Foreshock. */
  static final String DEFAULT_POLICY = "default";

  private static final AlertRules RULES = AlertRules.DEFAULT;
  private static final Duration LONGEST = Duration.ofDays(3650);

  public static final Option<String> ASSETS_TOPIC =
      Option.text(
              "assets.topic",
              "Compacted topic of the asset registry: sites, time zones, classes and parents of assets. Empty: none;"
                  + " then nothing is known of sites and parents.")
          .withDefault("")
          .withExample("foreshock.assets");

  public static final Option<List<String>> ESCALATION =
      Option.list(
              "escalation.policies",
              "Files with escalation policies, the first policy that covers an alert applies; `default` for the one"
                  + " that comes with Foreshock.")
          .withDefault(List.of(DEFAULT_POLICY))
          .withExample("escalation.yaml, default")
          .must("not be empty", list -> !list.isEmpty());

  public static final Option<Duration> DISORDER =
      duration(
          "detections.disorder",
          "How late a detection may come and still take its place in the order of event times. Nothing waits for it: an"
              + " alert is raised at once and corrected by a later revision.",
          RULES.disorder());

  public static final Option<Duration> PAGE_MAX_AGE =
      duration(
          "detections.page-max-age",
          "A detection older than this when it is read goes on record and raises nothing, as backlog does.",
          RULES.pageMaxAge());

  public static final Option<Duration> EXPIRE_AFTER =
      duration(
          "alerts.expire-after",
          "An alert of which nothing was seen for this long expires; not before the horizon of its detections is over.",
          RULES.expireAfter());

  public static final Option<Duration> STEP_DOWN_AFTER =
      duration(
          "alerts.step-down-after",
          "The severity of an alert falls by one level when nothing of at least that severity was seen for this long.",
          RULES.stepDownAfter());

  public static final Option<Integer> FLAP_COUNT =
      Option.wholeNumber(
              "alerts.flap-count",
              "How often an alert may expire and come back within alerts.flap-window; once more, and it is held open and"
                  + " pages nobody until it was quiet for that window.")
          .withDefault(RULES.flapCount())
          .must("be between 1 and 100", number -> number >= 1 && number <= 100);

  public static final Option<Duration> FLAP_WINDOW =
      duration("alerts.flap-window", "See alerts.flap-count.", RULES.flapWindow());

  public static final Option<Duration> FORGET_AFTER =
      duration(
          "alerts.forget-after",
          "A closed alert is forgotten after this time: it leaves the state and, by an empty record, the topic.",
          RULES.forgetAfter());

  public static final Option<Integer> MAX_PER_ASSET =
      Option.wholeNumber(
              "alerts.max-per-asset",
              "Alerts of one asset that are kept at most; for one more, a closed one is forgotten, else the one of which"
                  + " nothing was seen for longest.")
          .withDefault(RULES.maxAlertsPerAsset())
          .must("be between 1 and 10000", number -> number >= 1 && number <= 10_000);

  public static final Option<Duration> START_GRACE =
      duration(
          "start.grace",
          "What was due while the job did not run waits this long after a restore, so that acknowledgements and"
              + " detections that came meanwhile are read first. What is due later is in time.",
          RULES.startGrace());

  public static final Option<List<String>> DOWN_FAILURE_MODES =
      Option.list(
              "parents.down-failure-modes",
              "Failure modes whose open alert means that the asset is down: pages of assets below it, or of its site when"
                  + " the asset is named as the site, are held until it is back.")
          .withDefault(RULES.downFailureModes().stream().sorted().toList());

  public static final Option<Duration> RELEASE_AFTER =
      duration(
          "parents.release-after",
          "How long after a parent is back the held pages of assets below it go out, if they are still due.",
          RULES.releaseAfter());

  public static final Option<StormGroup> STORM_GROUP =
      Option.oneOf(
              "storm.group",
              "What one page at a time goes out for, the rest as a summary: each site of a tenant, or the tenant.",
              StormGroup.class)
          .withDefault(RULES.storm().group());

  public static final Option<Duration> STORM_WINDOW =
      duration(
          "storm.window",
          "After a page, further pages of the group are gathered for this long; several become one summary.",
          RULES.storm().window());

  public static final Option<Duration> STORM_LONGEST_WINDOW =
      duration(
          "storm.longest-window",
          "As long as a storm goes on each window is twice as long as the one before, up to this.",
          RULES.storm().longestWindow());

  public static final Options ALL =
      new Options(all())
          .family(KafkaOptions.CLIENT_FAMILY, KafkaOptions.CLIENT_FAMILY_DESCRIPTION)
          .contradiction(KafkaConfig::foreignClientProperties)
          .contradiction(KafkaConfig::scopeOfSeveralTenants)
          .contradiction(AlertsOptions::windowWithinLongest);

  private AlertsOptions() {}

  private static Option<Duration> duration(String key, String description, Duration value) {
    return Option.duration(key, description)
        .withDefault(value)
        .must(
            "be positive and at most 3650 d",
            time -> time.toMillis() > 0 && time.compareTo(LONGEST) <= 0);
  }

  private static List<Option<?>> all() {
    List<Option<?>> all = new ArrayList<>();
    Stream.of(
            KafkaOptions.OF_READERS,
            KafkaOptions.OF_SINKS,
            List.of(ASSETS_TOPIC, ESCALATION, DISORDER, PAGE_MAX_AGE, START_GRACE),
            List.of(EXPIRE_AFTER, STEP_DOWN_AFTER, FLAP_COUNT, FLAP_WINDOW, FORGET_AFTER),
            List.of(MAX_PER_ASSET, DOWN_FAILURE_MODES, RELEASE_AFTER),
            List.of(STORM_GROUP, STORM_WINDOW, STORM_LONGEST_WINDOW))
        .forEach(all::addAll);
    return all;
  }

  private static Optional<String> windowWithinLongest(Settings settings) {
    Duration window = settings.get(STORM_WINDOW);
    Duration longest = settings.get(STORM_LONGEST_WINDOW);
    return window.compareTo(longest) <= 0
        ? Optional.empty()
        : Optional.of(
            "storm.window is "
                + window.toMillis()
                + " ms, but must be at most storm.longest-window, "
                + longest.toMillis()
                + " ms. Raise the latter.");
  }
}
