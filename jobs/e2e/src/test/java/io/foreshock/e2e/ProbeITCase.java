package io.foreshock.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.local.Await;
import io.foreshock.probe.Probe;
import io.foreshock.probe.ProbeMain;
import io.foreshock.probe.ProbeOptions;
import io.foreshock.runtime.config.CommandLine;
import io.foreshock.runtime.config.Settings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The probe beside the jobs precursors and alerts as they are deployed. */
@ExtendWith(WithInstallation.class)
class ProbeITCase {
  private static final String TENANT = "canary";

  @Test
  void servesHowLongItTakesFromAMessageToItsAlert(Installation installation) throws Exception {
    installation.createTopics(TENANT);
    Map<String, String> compacted = Map.of("cleanup.policy", "compact");
    installation
        .kafka()
        .createTopics(
            List.of(
                new NewTopic(TENANT + ".alerts", 2, (short) 1).configs(compacted),
                new NewTopic(TENANT + ".commands", 2, (short) 1).configs(compacted),
                new NewTopic(TENANT + ".commands.answers", 2, (short) 1),
                new NewTopic(TENANT + ".notifications", 2, (short) 1)));
    Path pattern =
        Files.writeString(
            installation.folder().resolve("pipeline-probe.yaml"), ProbeMain.pattern());
    String precursors = run(installation, "precursors", "patterns=" + pattern);
    String alerts = run(installation, "alerts");
    Settings settings =
        Settings.read(
            ProbeOptions.ALL,
            CommandLine.parse(
                "-Dkafka.bootstrap-servers=" + installation.kafka().bootstrapServers(),
                "-Dtenants=" + TENANT,
                "-Dprobe.interval=200 ms",
                "-Dmetrics.host=127.0.0.1",
                "-Dmetrics.port=0"));

    try (Probe probe = Probe.start(settings)) {
      String count = "foreshock_probe_latency_seconds_count{tenant=\"" + TENANT + "\"} ";
      Await.until(
          "ten alerts of the probe",
          Duration.ofSeconds(60),
          () -> figure(probe.metricsPort(), count) >= 10);
      int port = probe.metricsPort();
      assertThat(figure(port, "foreshock_probe_lost_total{tenant=\"" + TENANT + "\"} ")).isZero();
      assertThat(figure(port, "foreshock_probe_sent_total{tenant=\"" + TENANT + "\"} "))
          .isGreaterThanOrEqualTo(10);
      assertThat(figure(port, "foreshock_probe_latency_seconds_sum{tenant=\"" + TENANT + "\"} "))
          .isPositive();
    } finally {
      installation.flink().rest().cancel(precursors);
      installation.flink().rest().cancel(alerts);
    }
  }

  private static String run(Installation installation, String job, String... options) {
    String id =
        installation
            .flink()
            .run(
                Installation.jar(job),
                List.of("--parallelism", "1"),
                installation.arguments(TENANT, options));
    installation.flink().rest().awaitRunning(id, Duration.ofSeconds(60));
    return id;
  }

  private static double figure(int port, String series) throws Exception {
    HttpResponse<String> page =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics")).build(),
                HttpResponse.BodyHandlers.ofString());
    return page.body()
        .lines()
        .filter(line -> line.startsWith(series))
        .mapToDouble(line -> Double.parseDouble(line.substring(series.length())))
        .findFirst()
        .orElse(Double.NaN);
  }
}
