package io.foreshock.notifier.delivery;

import io.foreshock.notifier.channel.Outcome;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;

/** What a notifier counts. */
public final class NotifierMetrics {
  private final PrometheusRegistry registry = new PrometheusRegistry();

  private final Counter delivered =
      counter("foreshock_notifier_delivered", "Pages that the receiver has.", "channel", "tenant");
  private final Counter failures =
      counter(
          "foreshock_notifier_failed_attempts",
          "Attempts that did not succeed: try_again or refused.",
          "channel",
          "outcome");
  private final Counter deadLetters =
      counter(
          "foreshock_notifier_dead_letters",
          "Pages that are in the topic of dead letters instead; channel none: no channel was found.",
          "channel",
          "tenant");
  private final Counter deadLetterWaits =
      counter(
          "foreshock_notifier_dead_letter_waits",
          "Attempts to write a dead letter that Kafka did not take.",
          "tenant");
  private final Counter skipped =
      counter(
          "foreshock_notifier_skipped",
          "Pages for a channel that has no words for their kind.",
          "channel");
  private final Counter commitFailures =
      counter(
          "foreshock_notifier_commit_failures",
          "Commits of offsets that failed; pages since the last one come again after a restart.",
          "channel");
  private final Gauge pending =
      gauge("foreshock_notifier_pending", "Pages under way or waiting.", "channel");
  private final Gauge oldest =
      gauge(
          "foreshock_notifier_oldest_pending_seconds",
          "Age of the oldest page that is not delivered; 0 when there is none.",
          "channel");
  private final Gauge open =
      gauge(
          "foreshock_notifier_open_incidents",
          "Alerts that an Alertmanager is told again and again to be open.",
          "channel");
  private final Gauge resendWorks =
      gauge(
          "foreshock_notifier_resend_works",
          "1 when the last time of telling an Alertmanager what is open worked.",
          "channel");
  private final Histogram attempt =
      Histogram.builder()
          .name("foreshock_notifier_attempt_seconds")
          .help("Duration of one attempt, whatever came of it.")
          .labelNames("channel")
          .classicOnly()
          .classicUpperBounds(.01, .05, .1, .5, 1, 5, 10, 30)
          .register(registry);
  private final Histogram age =
      Histogram.builder()
          .name("foreshock_notifier_delivery_seconds")
          .help("From the decision to page to the receiver's acceptance.")
          .labelNames("channel")
          .classicOnly()
          .classicUpperBounds(.1, .5, 1, 2, 5, 10, 30, 60, 300, 3600)
          .register(registry);

  private Counter counter(String name, String help, String... labels) {
    return Counter.builder().name(name).help(help).labelNames(labels).register(registry);
  }

  private Gauge gauge(String name, String help, String... labels) {
    return Gauge.builder().name(name).help(help).labelNames(labels).register(registry);
  }

  /**
   * Serves them; the caller closes it.
   *
   * @param host address to listen on; empty for every one of this machine
   */
  public HTTPServer serve(String host, int port) throws IOException {
    HTTPServer.Builder server = HTTPServer.builder().port(port).registry(registry);
    return (host.isEmpty() ? server : server.hostname(host)).buildAndStart();
  }

  void attempted(String channel, Outcome outcome, double seconds) {
    attempt.labelValues(channel).observe(seconds);
    if (outcome instanceof Outcome.TryAgain) {
      failures.labelValues(channel, "try_again").inc();
    } else if (outcome instanceof Outcome.Refused) {
      failures.labelValues(channel, "refused").inc();
    }
  }

  void delivered(String channel, String tenant, double ageSeconds) {
    delivered.labelValues(channel, tenant).inc();
    age.labelValues(channel).observe(ageSeconds);
  }

  void deadLetter(String channel, String tenant) {
    deadLetters.labelValues(channel, tenant).inc();
  }

  void deadLetterWaits(String tenant) {
    deadLetterWaits.labelValues(tenant).inc();
  }

  void skipped(String channel) {
    skipped.labelValues(channel).inc();
  }

  void commitFailed(String channel) {
    commitFailures.labelValues(channel).inc();
  }

  void waiting(String channel, int pages, double oldestSeconds) {
    pending.labelValues(channel).set(pages);
    oldest.labelValues(channel).set(oldestSeconds);
  }

  void resent(String channel, int incidents, boolean works) {
    open.labelValues(channel).set(incidents);
    resendWorks.labelValues(channel).set(works ? 1 : 0);
  }
}
