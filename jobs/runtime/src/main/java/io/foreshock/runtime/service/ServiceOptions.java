package io.foreshock.runtime.service;

import io.foreshock.runtime.StartRefused;
import io.foreshock.runtime.config.Option;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Options that every plain service has. */
public final class ServiceOptions {
  public static final Option<String> METRICS_HOST =
      Option.text(
              "metrics.host",
              "Address of this machine on which metrics are served, e.g. 127.0.0.1. Empty: every one; whoever reaches"
                  + " the port reads names of tenants.")
          .withDefault("");

  private ServiceOptions() {}

  /** Where metrics are served. */
  public static Option<Integer> metricsPort(int usual) {
    return Option.wholeNumber(
            "metrics.port",
            "Port of metrics in Prometheus' text format (`/metrics`). 0: any free one. -1: none.")
        .withDefault(usual)
        .must("be between -1 and 65535", port -> port >= -1 && port <= 65_535);
  }

  /**
   * How long a stop may take.
   *
   * @param description what is waited for, and what becomes of the rest
   */
  public static Option<Duration> stopTimeout(String description) {
    return Option.duration("stop.timeout", description)
        .withDefault(Duration.ofSeconds(10))
        .must("be positive", time -> !time.isNegative() && !time.isZero());
  }

  /** Says that the port of the metrics is taken, and what to do. */
  public static StartRefused metricsNotServed(String host, int port, IOException cause) {
    return new StartRefused(
        List.of(
            "metrics.port "
                + port
                + (host.isEmpty() ? "" : " of " + METRICS_HOST.key() + " " + host)
                + " cannot be opened: "
                + cause.getMessage()
                + ". Choose another, 0 for any free one, or -1 for none."),
        cause);
  }
}
