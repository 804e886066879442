package io.foreshock.chaos;

import io.foreshock.local.Await;
import io.foreshock.local.LocalFlink;
import io.foreshock.local.LocalKafka;
import io.foreshock.local.Progress;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A broker and a Flink cluster without high availability: what is restored is what somebody names.
 * Not thread-safe.
 */
final class DrillInstallation implements RunningJobs, AutoCloseable {
  static final int MOST_PARALLEL = 3;

  private static final int TASK_MANAGERS = 2;
  private static final Duration START_LIMIT = Duration.ofSeconds(120);

  private final Path folder;
  private final LocalKafka kafka;
  private final LocalFlink flink;
  private final Map<String, String> jobs = new LinkedHashMap<>();

  private DrillInstallation(Path folder, LocalKafka kafka, LocalFlink flink) {
    this.folder = folder;
    this.kafka = kafka;
    this.flink = flink;
  }

  /**
   * Starts everything and returns when it answers.
   *
   * @param jobs how many jobs will run at once
   */
  static DrillInstallation start(Path folder, int jobs, Progress progress) {
    LocalKafka kafka = LocalKafka.at(folder.resolve("kafka")).progress(progress).start();
    try {
      LocalFlink flink =
          LocalFlink.at(folder.resolve("flink"))
              .taskManagers(TASK_MANAGERS)
              .slots((jobs * MOST_PARALLEL + TASK_MANAGERS - 1) / TASK_MANAGERS)
              .taskHeapMegabytes(384)
              .configuration("execution.checkpointing.num-retained", "3")
              .progress(progress)
              .start();
      return new DrillInstallation(folder, kafka, flink);
    } catch (RuntimeException e) {
      kafka.close();
      throw e;
    }
  }

  LocalKafka kafka() {
    return kafka;
  }

  @Override
  public String bootstrapServers() {
    return kafka.bootstrapServers();
  }

  @Override
  public List<String> rawTopics() {
    return DrillSettings.TENANTS.stream().map(Sender::rawTopic).toList();
  }

  /**
   * Submits a job and waits until all of it runs.
   *
   * @param from savepoint or checkpoint to restore; null to begin without state
   */
  void submit(JobUnderTest job, Path jar, int parallelism, String from, String installation) {
    List<String> options = new ArrayList<>(List.of("--parallelism", String.valueOf(parallelism)));
    if (from != null) {
      // The savepoint stays as it is: nothing of it belongs to the job that is restored.
      options.addAll(List.of("--fromSavepoint", from, "--claimMode", "NO_CLAIM"));
    }
    String id =
        flink.run(
            jar,
            options,
            job.arguments(kafka.bootstrapServers(), installation, DrillSettings.TENANTS));
    jobs.put(job.name(), id);
    flink.rest().awaitRunning(id, START_LIMIT);
  }

  /** Takes a savepoint while the job runs on; returns its path. */
  String savepoint(String job) {
    return flink.rest().savepoint(jobs.get(job), flink.savepoints());
  }

  /** Ends the job with a savepoint and returns its path. */
  String stop(String job) {
    return flink.rest().stopWithSavepoint(jobs.remove(job), flink.savepoints());
  }

  /** A copy of a savepoint in another folder; a canonical savepoint may be moved. */
  String copyOf(String savepoint) throws IOException {
    Path from = Path.of(URI.create(savepoint));
    Path to = folder.resolve("copies").resolve(from.getFileName());
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
    return to.toUri().toString();
  }

  /** Waits until a job has completed some checkpoints more. */
  void awaitCheckpoints(String job, long more) {
    String id = jobs.get(job);
    long before = flink.rest().completedCheckpoints(id);
    Await.until(
        more + " checkpoints",
        START_LIMIT,
        () -> flink.rest().completedCheckpoints(id) >= before + more);
  }

  /** Folder of the checkpoints of a job. */
  String checkpoints(String job) {
    return folder
        .resolve("flink")
        .resolve("checkpoints")
        .resolve(jobs.get(job))
        .toAbsolutePath()
        .toString();
  }

  /** Kills every process of Flink as a power cut would; the broker lives. */
  void killFlink() {
    flink.liveTaskManagers().forEach(flink::killTaskManager);
    flink.liveJobManagers().forEach(flink::killJobManager);
  }

  /** Starts Flink again after {@link #killFlink}; it knows of no job. */
  void startFlink() {
    jobs.clear();
    flink.startJobManager();
    for (int i = 0; i < TASK_MANAGERS; i++) {
      flink.startTaskManager();
    }
    flink.awaitSlots(START_LIMIT);
  }

  @Override
  public void supervise() {}

  @Override
  public Optional<String> obituary() {
    for (Map.Entry<String, String> job : jobs.entrySet()) {
      String state = flink.rest().state(job.getValue());
      if (Set.of("FAILED", "FINISHED", "CANCELED").contains(state)) {
        return Optional.of(
            "The job "
                + job.getKey()
                + " is "
                + state
                + ": "
                + flink.rest().rootException(job.getValue()));
      }
    }
    return Optional.empty();
  }

  @Override
  public void stopJobs() {
    for (String job : List.copyOf(jobs.keySet())) {
      stop(job);
    }
  }

  @Override
  public void close() {
    flink.close();
    kafka.close();
  }
}
