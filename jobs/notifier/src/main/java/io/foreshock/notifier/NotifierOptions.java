package io.foreshock.notifier;

import io.foreshock.runtime.config.Option;
import io.foreshock.runtime.config.Options;
import io.foreshock.runtime.kafka.KafkaConfig;
import io.foreshock.runtime.kafka.KafkaOptions;
import io.foreshock.runtime.kafka.TenantTopic;
import io.foreshock.runtime.kafka.security.KafkaSecurityOptions;
import io.foreshock.runtime.service.ServiceOptions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Everything that may be configured on the notifier; channels and routes have keys of their own.
 */
public final class NotifierOptions {
  /** Prefix of the channels. */
  static final String CHANNELS = "channels.";

  /** Prefix of the routes. */
  static final String ROUTES = "routes.";

  private static final String PLAIN_NAME = "[a-z0-9]([a-z0-9-]*[a-z0-9])?";

  static final Option<List<String>> TENANTS =
      Option.list(
              "tenants",
              "Tenants served. `*`: every one that has a topic `<tenant>.notifications`, new ones included.")
          .withDefault(List.of("*"))
          .withExample("acme, globex")
          .must(
              "be \"*\" or names of lower case letters, digits and dashes",
              names ->
                  names.equals(List.of("*"))
                      || !names.isEmpty() && names.stream().allMatch(TenantTopic::isTenant));

  static final Option<String> GROUP =
      Option.text(
              "group",
              "Name of this installation's notifier: the consumer groups are `<group>.<channel>`, and notifiers with"
                  + " the same group share the work. Changing it begins anew, see `start.look-back`.")
          .withDefault("foreshock-notifier")
          .must("be lower case letters, digits and dashes", name -> name.matches(PLAIN_NAME));

  static final Option<String> INSTANCE =
      Option.text(
              "instance",
              "Name of this notifier among those that share a group, the same after a restart: it then goes on at once"
                  + " where it was killed. Empty: after 10 s, when Kafka takes the killed one for gone.")
          .withDefault("")
          .withExample("notifier-0")
          .must(
              "be letters, digits, dots, dashes and underscores",
              name -> name.matches("[a-zA-Z0-9._-]*"));

  static final Option<List<String>> DEFAULT_CHANNELS =
      Option.list(
              "default-channels",
              "Channels of pages that name no recipient, or none that a channel or a route knows.")
          .withExample("mail");

  static final Option<Duration> LOOK_BACK =
      Option.duration(
              "start.look-back",
              "How far back a channel begins that has never read before. One that has goes on where it was, however"
                  + " long ago.")
          .withDefault(Duration.ofMinutes(15))
          .must("not be negative", time -> !time.isNegative());

  static final Option<Integer> MOST_PENDING =
      Option.wholeNumber(
              "pending.max",
              "Pages of one channel and partition that may be under way or waiting; the rest waits in Kafka.")
          .withDefault(500)
          .must("be between 1 and 100000", n -> n >= 1 && n <= 100_000);

  static final Option<Duration> COMMIT_INTERVAL =
      Option.duration(
              "commit.interval",
              "How often it is written down which pages are done. Those since the last time go out again after a"
                  + " crash, under the same key.")
          .withDefault(Duration.ofSeconds(1))
          .must("be positive", NotifierOptions::isPositive);

  static final Option<String> LINK =
      Option.text(
              "link",
              "Address of a page about an alert, with `{tenant}`, `{alert}` and `{asset}`; shown with each page."
                  + " Empty: none.")
          .withDefault("")
          .withExample("https://foreshock.plant.example/{tenant}/alerts/{alert}")
          .must(
              "begin with http:// or https://", url -> url.isEmpty() || url.matches("https?://.+"));

  static final Option<Integer> METRICS_PORT = ServiceOptions.metricsPort(9465);

  static final Option<Duration> STOP_TIMEOUT =
      ServiceOptions.stopTimeout(
          "How long a stop waits for pages that are under way. The rest goes out after the next start.");

  /** All options. */
  public static final Options ALL =
      new Options(
              Stream.concat(
                      Stream.of(
                          KafkaOptions.BOOTSTRAP_SERVERS,
                          KafkaOptions.CHECK_TIMEOUT,
                          KafkaOptions.DISCOVERY_INTERVAL,
                          TENANTS,
                          GROUP,
                          INSTANCE,
                          DEFAULT_CHANNELS,
                          LOOK_BACK,
                          MOST_PENDING,
                          COMMIT_INTERVAL,
                          LINK,
                          METRICS_PORT,
                          ServiceOptions.METRICS_HOST,
                          STOP_TIMEOUT),
                      KafkaSecurityOptions.ALL.stream())
                  .toList())
          .family(
              CHANNELS,
              "Ways to people, each under a name of your choice; keys in the README, e.g. `channels.mail.type`.")
          .family(
              ROUTES,
              "Which pages go to which channels, each under a name of your choice; keys in the README, e.g."
                  + " `routes.night.channels`.")
          .family(KafkaOptions.CLIENT_FAMILY, KafkaOptions.CLIENT_FAMILY_DESCRIPTION)
          .contradiction(KafkaConfig::foreignClientProperties);

  private NotifierOptions() {}

  static boolean isPositive(Duration time) {
    return !time.isNegative() && !time.isZero();
  }
}
