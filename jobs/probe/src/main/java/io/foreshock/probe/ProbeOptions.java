package io.foreshock.probe;

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

/** Everything that may be configured on the probe. */
public final class ProbeOptions {
  static final Option<List<String>> TENANTS =
      Option.list(
              "tenants",
              "Tenants whose way to an alert is measured; each gets an asset `foreshock-probe`. A tenant of your own"
                  + " keeps the probe out of others' data, and measures the same jobs when they serve all tenants.")
          .withExample("canary")
          .must(
              "be names of lower case letters, digits and dashes",
              names -> !names.isEmpty() && names.stream().allMatch(TenantTopic::isTenant));

  static final Option<Duration> INTERVAL =
      Option.duration("probe.interval", "Time between two messages of a tenant.")
          .withDefault(Duration.ofSeconds(5))
          .must("be at least 100 ms", time -> time.toMillis() >= 100);

  static final Option<Duration> PATIENCE =
      Option.duration(
              "probe.patience", "A message whose alert is not there by then counts as lost.")
          .withDefault(Duration.ofMinutes(1))
          .must("be positive", time -> !time.isNegative() && !time.isZero());

  static final Option<Integer> METRICS_PORT = ServiceOptions.metricsPort(9466);

  /** All options. */
  public static final Options ALL =
      new Options(
              Stream.concat(
                      Stream.of(
                          KafkaOptions.BOOTSTRAP_SERVERS,
                          KafkaOptions.CHECK_TIMEOUT,
                          TENANTS,
                          INTERVAL,
                          PATIENCE,
                          METRICS_PORT,
                          ServiceOptions.METRICS_HOST),
                      KafkaSecurityOptions.ALL.stream())
                  .toList())
          .family(KafkaOptions.CLIENT_FAMILY, KafkaOptions.CLIENT_FAMILY_DESCRIPTION)
          .contradiction(KafkaConfig::foreignClientProperties);

  private ProbeOptions() {}
}
