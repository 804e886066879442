package io.foreshock.bench.latency;

import io.foreshock.bench.FlinkInProcess;
import io.foreshock.bench.latency.LatencySettings.Kill;
import io.foreshock.local.Await;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.HdrHistogram.Histogram;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code foreshock bench latency}: how long it takes from the moment a device's message is due to
 * the alert that a reader of committed records sees, through both jobs.
 */
@Command(name = "foreshock bench latency")
final class LatencyBenchmark implements Callable<Integer> {
  private static final Duration REST_LIMIT = Duration.ofMinutes(3);

  /** Longest latency that is told apart, in milliseconds. */
  private static final long LONGEST_MILLIS = TimeUnit.MINUTES.toMillis(30);

  @Option(names = "--json", paramLabel = "FILE")
  private Path json;

  @Option(names = "--rate", defaultValue = "5000")
  private int rate;

  @Option(names = "--assets", defaultValue = "1000")
  private int assets;

  @Option(names = "--alerts-per-second", defaultValue = "20")
  private double alertsPerSecond;

  @Option(names = "--seconds", defaultValue = "120")
  private int seconds;

  @Option(names = "--warm-up", defaultValue = "40")
  private int warmUp;

  @Option(names = "--checkpoint-interval")
  private Integer checkpointMillis;

  @Option(names = "--delivery", defaultValue = "exactly-once")
  private String delivery;

  @Option(names = "--changelog")
  private boolean changelog;

  @Option(names = "--store-delay", defaultValue = "0")
  private int storeDelayMillis;

  @Option(names = "--one-job")
  private boolean oneJob;

  @Option(names = "--kill", split = ",")
  private List<String> kills = List.of();

  @Option(names = "--root", hidden = true, defaultValue = ".")
  private Path root;

  private final PrintWriter out = new PrintWriter(System.out, true);
  private final long started = System.nanoTime();

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new LatencyBenchmark()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    LatencySettings settings =
        new LatencySettings(
            rate,
            assets,
            alertsPerSecond,
            Duration.ofSeconds(warmUp),
            Duration.ofSeconds(seconds),
            checkpointMillis == null ? null : Duration.ofMillis(checkpointMillis),
            delivery,
            changelog,
            Duration.ofMillis(storeDelayMillis),
            oneJob,
            kills.stream()
                .map(kill -> Kill.valueOf(kill.toUpperCase(Locale.ROOT).replace('-', '_')))
                .toList());
    Path folder = Files.createTempDirectory("foreshock-latency-");
    try (Installation installation = Installation.start(settings, folder, this::say)) {
      LatencyReport report = run(settings, installation);
      report.print(out);
      if (json != null) {
        report.write(json);
      }
      return report.right() ? 0 : 1;
    } finally {
      FlinkInProcess.delete(folder);
    }
  }

  private LatencyReport run(LatencySettings settings, Installation installation) throws Exception {
    long messages = rate * (settings.warmUp().plus(settings.measured()).toSeconds());
    int every = everySoMany();
    Schedule planned = new Schedule(rate, assets, every, 0);
    installation.submit(
        root, IntStream.range(0, planned.patterns(messages)).mapToObj(planned::document).toList());
    Schedule schedule = new Schedule(rate, assets, every, System.currentTimeMillis() + 1_000);
    say("Sending %,d messages, %d s of them as warm-up".formatted(messages, warmUp));
    String prefix = Installation.TENANT + ".";
    try (AlertTail tail =
            new AlertTail(
                installation.bootstrapServers(),
                prefix + "alerts",
                prefix + "detections",
                !settings.oneJob());
        Sender sender =
            new Sender(
                installation.bootstrapServers(), prefix + "telemetry.raw", schedule, messages)) {
      sender.start();
      List<Long> killed = new ArrayList<>();
      long measuredFrom = schedule.startMillis() + settings.warmUp().toMillis();
      long part = settings.measured().toMillis() / (settings.kills().size() + 1);
      for (int i = 0; i < settings.kills().size(); i++) {
        Kill kill = settings.kills().get(i);
        long at = measuredFrom + (i + 1) * part;
        Await.until(
            "the moment of the next fault",
            Duration.ofHours(24),
            () -> System.currentTimeMillis() >= at);
        say("Killing the " + kill);
        killed.add(System.currentTimeMillis());
        installation.kill(kill);
      }
      sender.join();
      List<Long> due =
          LongStream.range(0, messages)
              .filter(message -> schedule.completes(message) >= 0)
              .map(schedule::completes)
              .boxed()
              .toList();
      say("Waiting for the last alerts");
      awaitAll(tail, due.size());
      return report(settings, schedule, tail, sender, due, killed, measuredFrom);
    }
  }

  private static void awaitAll(AlertTail tail, int alerts) {
    try {
      Await.until("the last alerts", REST_LIMIT, () -> tail.size() >= alerts);
    } catch (RuntimeException e) {
      // What is missing is said in the report.
    }
  }

  private LatencyReport report(
      LatencySettings settings,
      Schedule schedule,
      AlertTail tail,
      Sender sender,
      List<Long> due,
      List<Long> killed,
      long measuredFrom) {
    Map<String, AlertTail.Seen> seen = tail.seen();
    Histogram latency = new Histogram(LONGEST_MILLIS, 3);
    long missing = 0;
    for (long episode : due) {
      AlertTail.Seen alert = seen.get(schedule.alertId(episode));
      if (alert == null) {
        missing++;
      } else if (alert.eventMillis() >= measuredFrom) {
        latency.recordValue(Math.min(LONGEST_MILLIS, Math.max(0, alert.latencyMillis())));
      }
    }
    Histogram detection = new Histogram(LONGEST_MILLIS, 3);
    for (AlertTail.Seen each : tail.detections()) {
      if (each.eventMillis() >= measuredFrom) {
        detection.recordValue(Math.min(LONGEST_MILLIS, Math.max(0, each.latencyMillis())));
      }
    }
    List<LatencyReport.Fault> faults = new ArrayList<>();
    for (int i = 0; i < killed.size(); i++) {
      long until =
          i + 1 < killed.size() ? killed.get(i + 1) : measuredFrom + settings.measured().toMillis();
      faults.add(
          new LatencyReport.Fault(
              settings.kills().get(i), tail.longestSilence(killed.get(i), until) / 1e3));
    }
    return new LatencyReport(
        settings,
        sender.sent(),
        due.size(),
        missing,
        tail.duplicated(),
        latency,
        detection,
        sender.worstLateMillis(),
        faults);
  }

  /** So that about as many alerts come as were asked for, and of each asset. */
  private int everySoMany() {
    int every = Math.max(1, (int) Math.round(rate / alertsPerSecond));
    while (java.math.BigInteger.valueOf(every).gcd(java.math.BigInteger.valueOf(assets)).intValue()
        != 1) {
      every++;
    }
    return every;
  }

  private void say(String text) {
    double elapsed = (System.nanoTime() - started) / 1e9;
    out.printf(Locale.ROOT, "%6.1f s  %s%n", elapsed, text);
  }
}
