package io.foreshock.chaos;

import io.foreshock.chaos.truth.Fleet;
import io.foreshock.chaos.truth.Lines;
import io.foreshock.chaos.truth.Truth;
import io.foreshock.chaos.truth.Upload;
import io.foreshock.local.Await;
import io.foreshock.local.Progress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/**
 * A device that was offline for three days uploads what it has kept while others are live. Shows
 * that the others are as fast as without it, that all of its messages come out in order, and that
 * nobody is paged for them.
 *
 * <p>Times with and without an upload take turns in one run, so that both meet the same machine.
 */
public final class OfflineScenario {
  private static final String TENANT = "acme";
  private static final Duration FIRST_OUTPUT_LIMIT = Duration.ofSeconds(90);
  private static final Duration UPLOAD_LIMIT = Duration.ofSeconds(300);
  // What was uploaded last is through before a time without begins.
  private static final Duration SETTLE = Duration.ofSeconds(3);
  private static final String ABSENT = "absent-";

  private final OfflineSettings settings;
  private final Map<String, Path> jars;

  /**
   * Latencies in milliseconds of live records, by whether an upload was going on when they were
   * sent.
   */
  private record Latencies(List<Double> without, List<Double> with) {}

  /**
   * @param jars jars by name of the job
   */
  public OfflineScenario(OfflineSettings settings, Map<String, Path> jars) {
    this.settings = settings;
    this.jars = new LinkedHashMap<>(jars);
  }

  /**
   * Runs to the end.
   *
   * @param folder where data and logs go
   */
  public OfflineResult run(Path folder, Progress progress) throws InterruptedException {
    List<JobUnderTest> jobs =
        JobUnderTest.sharingTopics(
            jars.keySet().stream().map(job -> JobUnderTest.named(job, folder, List.of())).toList());
    List<Output> outputs = jobs.stream().flatMap(job -> job.outputs().stream()).toList();
    Truth truth = new Truth(JobUnderTest.MAX_WAIT, JobUnderTest.LIVE_MAX_AGE);
    Fleet fleet =
        Fleet.healthy(settings.seed(), TENANT, settings.liveDevices(), System::currentTimeMillis);
    List<Upload> uploads = new ArrayList<>();
    for (int i = 0; i < settings.rounds(); i++) {
      uploads.add(fleet.offlineDevice(TENANT, ABSENT + i, settings.backlogMessages()));
    }
    TreeMap<Long, Boolean> phases = new TreeMap<>();
    Map<String, Map<Long, List<Double>>> bySendTime = new TreeMap<>();
    try (ChaosInstallation installation =
        ChaosInstallation.start(folder, List.of(TENANT), jobs.size(), progress)) {
      installation.createTopics(outputs);
      for (JobUnderTest job : jobs) {
        progress.say("Submitting the job " + job.name());
        installation.submit(job, jars.get(job.name()));
      }
      try (Sender sender =
              new Sender(
                  installation.bootstrapServers(),
                  fleet,
                  truth,
                  List.of(TENANT),
                  Topics.RAW_PARTITIONS,
                  settings.liveDevices());
          OutputWatch watch =
              new OutputWatch(
                  installation.bootstrapServers(),
                  outputs,
                  List.of(TENANT),
                  (output, record, now) -> {
                    if (record.eventTimeMillis() > 0 && !record.device().startsWith(ABSENT)) {
                      bySendTime
                          .computeIfAbsent(output.name(), name -> new TreeMap<>())
                          .computeIfAbsent(record.eventTimeMillis(), time -> new ArrayList<>())
                          .add((double) (now - record.eventTimeMillis()));
                    }
                  })) {
        watch.start();
        sender.start();
        Await.until("the first output", FIRST_OUTPUT_LIMIT, () -> watch.records() > 0);
        pass(settings.warmUp(), installation);
        for (Upload upload : uploads) {
          round(upload, phases, sender, installation, progress);
        }
        progress.say("Waiting for the rest");
        Ending ending =
            Ending.of(installation, sender, truth, watch, outputs, new Stores(List.of()), progress);
        Map<String, OfflineResult.Latency> latencies = new LinkedHashMap<>();
        bySendTime.forEach((output, times) -> latencies.put(output, latency(times, phases)));
        return new OfflineResult(
            settings,
            List.copyOf(jars.keySet()),
            truth.sentCount(),
            ending.comparisons(),
            latencies,
            markedLive(outputs, watch),
            ending.complete() && watch.unreadable().isEmpty());
      }
    }
  }

  /** As long without an upload as the upload takes, then the upload. */
  private void round(
      Upload upload,
      TreeMap<Long, Boolean> phases,
      Sender sender,
      ChaosInstallation installation,
      Progress progress) {
    Duration length =
        Duration.ofMillis((long) (settings.backlogMessages() / settings.uploadRate() * 1_000));
    phases.put(System.currentTimeMillis(), false);
    progress.say("%d s without an upload".formatted(length.toSeconds()));
    pass(length, installation);
    phases.put(System.currentTimeMillis(), true);
    progress.say(
        "A device uploads %d messages of three days".formatted(settings.backlogMessages()));
    sender.upload(upload, settings.uploadRate());
    Await.until("the upload", UPLOAD_LIMIT, () -> !sender.isUploading());
    // Neither with nor without.
    phases.put(System.currentTimeMillis(), null);
    pass(SETTLE, installation);
  }

  private static void pass(Duration time, ChaosInstallation installation) {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(Math.min(end - System.nanoTime(), 200_000_000L));
      installation
          .obituary()
          .ifPresent(
              reason -> {
                throw new ChaosException(reason, null);
              });
    }
  }

  private static OfflineResult.Latency latency(
      Map<Long, List<Double>> bySendTime, TreeMap<Long, Boolean> phases) {
    Latencies latencies = new Latencies(new ArrayList<>(), new ArrayList<>());
    bySendTime.forEach(
        (sent, some) -> {
          var phase = phases.floorEntry(sent);
          if (phase != null && phase.getValue() != null) {
            (phase.getValue() ? latencies.with() : latencies.without()).addAll(some);
          }
        });
    latencies.with().sort(null);
    latencies.without().sort(null);
    return new OfflineResult.Latency(
        latencies.without().size(),
        latencies.with().size(),
        ChaosResult.quantile(latencies.without(), 0.5),
        ChaosResult.quantile(latencies.with(), 0.5),
        ChaosResult.quantile(latencies.without(), 0.99),
        ChaosResult.quantile(latencies.with(), 0.99));
  }

  /** Records of the absent devices that were taken for live, by output. */
  private Map<String, Long> markedLive(List<Output> outputs, OutputWatch watch) {
    Map<String, Long> live = new LinkedHashMap<>();
    for (Output output : outputs) {
      long count = 0;
      for (int i = 0; i < settings.rounds(); i++) {
        count += watch.found(output).liveOf(Lines.device(TENANT, ABSENT + i));
      }
      live.put(output.name(), count);
    }
    return live;
  }
}
