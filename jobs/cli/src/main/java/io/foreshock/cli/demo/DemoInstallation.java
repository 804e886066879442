package io.foreshock.cli.demo;

import io.foreshock.cli.CliFailure;
import io.foreshock.cli.JobJar;
import io.foreshock.local.Await;
import io.foreshock.local.LocalClusterException;
import io.foreshock.local.LocalFlink;
import io.foreshock.local.LocalKafka;
import io.foreshock.local.Progress;
import io.foreshock.model.AssetRef;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;
import org.slf4j.LoggerFactory;

/**
 * A broker, a Flink cluster, the job {@code precursors} and, if wanted, those beside it on this
 * machine, for one demo.
 */
final class DemoInstallation implements AutoCloseable {
  private static final String INSTALLATION = "demo";
  private static final String SCOPE = "pool";
  private static final String JOB = "precursors";
  private static final int PARTITIONS = 2;
  private static final int SLOTS = 2;
  private static final Duration JOB_START_LIMIT = Duration.ofSeconds(90);

  /** Devices upload every five minutes and may be overtaken by their next message. */
  static final List<String> DEVICE_OPTIONS =
      List.of("reorder.max-wait=15 min", "reorder.boot-wait=6 min", "live.max-age=30 min");

  private final List<String> tenants;
  private final LocalKafka kafka;
  private final LocalFlink flink;
  private final CompanionJobs companions;
  private String job;

  private DemoInstallation(
      List<String> tenants, List<String> featureSets, LocalKafka kafka, LocalFlink flink) {
    this.tenants = tenants;
    this.kafka = kafka;
    this.flink = flink;
    companions =
        featureSets.isEmpty()
            ? null
            : new CompanionJobs(
                kafka,
                flink,
                tenants,
                PARTITIONS,
                commonOptions(),
                INSTALLATION + "." + SCOPE + ".",
                featureSets);
  }

  /**
   * Starts broker and cluster at the same time and returns when both answer.
   *
   * @param featureSets that the companions compute; empty for {@code precursors} alone
   */
  static DemoInstallation start(
      Path folder, List<String> tenants, List<String> featureSets, Progress progress) {
    // Kafka and Flink start side by side; the logging that both use must be there before.
    LoggerFactory.getILoggerFactory();
    CompletableFuture<LocalKafka> kafka =
        CompletableFuture.supplyAsync(
            () ->
                LocalKafka.at(folder.resolve("kafka"))
                    // Records carry simulated time, which may be months ago.
                    .property("log.retention.ms", "-1")
                    .property("log.message.timestamp.before.max.ms", "9223372036854775807")
                    .progress(progress)
                    .start());
    CompletableFuture<LocalFlink> flink =
        CompletableFuture.supplyAsync(
            () -> cluster(folder.resolve("flink"), !featureSets.isEmpty(), progress).start());
    try {
      return new DemoInstallation(tenants, featureSets, kafka.join(), flink.join());
    } catch (CompletionException e) {
      // Whichever of the two did start must not stay.
      kafka.handle((started, failure) -> closeQuietly(started)).join();
      flink.handle((started, failure) -> closeQuietly(started)).join();
      throw e.getCause() instanceof LocalClusterException cause
          ? CliFailure.failed(cause.getMessage(), cause)
          : e;
    }
  }

  private static LocalFlink.Builder cluster(
      Path folder, boolean withCompanions, Progress progress) {
    LocalFlink.Builder cluster =
        LocalFlink.at(folder).taskManagers(1).slots(SLOTS).progress(progress);
    return withCompanions
        ? cluster
            .slots(SLOTS + CompanionJobs.SLOTS)
            .taskHeapMegabytes(1024)
            // The classes of four jobs.
            .configuration("taskmanager.memory.jvm-metaspace.size", "640m")
            .configuration("jobmanager.memory.jvm-metaspace.size", "384m")
        : cluster;
  }

  /**
   * Creates the tenants' topics and submits the job's jar as {@code flink run} does.
   *
   * @param assets machines that the asset registry knows
   */
  void submit(List<AssetRef> assets) {
    List<NewTopic> topics = new ArrayList<>();
    for (String tenant : tenants) {
      topics.add(
          new NewTopic(rawTopic(tenant), PARTITIONS, (short) 1)
              // Simulated time is the broker's clock here.
              .configs(Map.of("message.timestamp.type", "CreateTime")));
      topics.add(new NewTopic(detectionsTopic(tenant), PARTITIONS, (short) 1));
    }
    if (companions != null) {
      topics.addAll(companions.topics());
      topics.add(DemoAssets.topic());
    }
    kafka.createTopics(topics);
    if (companions != null) {
      DemoAssets.publish(kafka, assets);
    }
    List<String> arguments = new ArrayList<>();
    Stream.of(commonOptions(), DEVICE_OPTIONS)
        .flatMap(List::stream)
        .forEach(option -> arguments.addAll(List.of("-D", option)));
    try {
      job = flink.run(JobJar.of(JOB), List.of("--parallelism", String.valueOf(SLOTS)), arguments);
      flink.rest().awaitRunning(job, JOB_START_LIMIT);
    } catch (LocalClusterException e) {
      throw CliFailure.failed(e.getMessage(), e);
    }
  }

  /** The jobs beside {@code precursors}; null when they are left out. */
  CompanionJobs companions() {
    return companions;
  }

  private List<String> commonOptions() {
    return List.of(
        "kafka.bootstrap-servers=" + kafka.bootstrapServers(),
        "installation=" + INSTALLATION,
        "scope=" + SCOPE,
        "tenants=" + String.join(", ", tenants),
        "source.allow-create-time=true");
  }

  String bootstrapServers() {
    return kafka.bootstrapServers();
  }

  URI webInterface() {
    return flink.webInterface();
  }

  List<String> detectionTopics() {
    return tenants.stream().map(DemoInstallation::detectionsTopic).toList();
  }

  /** Checkpoints completed and restarts so far. */
  JobFigures figures() {
    return new JobFigures(flink.rest().completedCheckpoints(job), flink.rest().restarts(job));
  }

  /**
   * Figures of the job.
   *
   * @param checkpoints completed
   * @param restarts of a task
   */
  record JobFigures(long checkpoints, long restarts) {}

  /** Why the job is no longer running; null while it runs. */
  String obituary() {
    String state = flink.rest().state(job);
    return state.equals("RUNNING") || state.equals("RESTARTING")
        ? null
        : "The job is "
            + state
            + ": "
            + flink.rest().rootException(job).lines().findFirst().orElse("");
  }

  /**
   * Waits until the job has read everything and committed what came of it.
   *
   * @return false when it did not within the time
   */
  boolean drain(Duration atMost) {
    try {
      Await.until("the job to read everything", atMost, () -> unread() == 0);
      long next = figures().checkpoints() + 1;
      Await.until("one more checkpoint", atMost, () -> figures().checkpoints() > next);
      return true;
    } catch (LocalClusterException e) {
      return false;
    }
  }

  /** Messages that the job has not yet read, as of its last checkpoint. */
  private long unread() throws ExecutionException, InterruptedException {
    return Backlog.of(
        kafka.admin(),
        INSTALLATION + "." + SCOPE + "." + JOB,
        tenants.stream().map(DemoInstallation::rawTopic).toList(),
        PARTITIONS,
        false);
  }

  @Override
  public void close() {
    if (companions != null) {
      companions.stop();
    }
    flink.close();
    kafka.close();
  }

  private static String rawTopic(String tenant) {
    return tenant + ".telemetry.raw";
  }

  private static String detectionsTopic(String tenant) {
    return tenant + ".detections";
  }

  private static Void closeQuietly(AutoCloseable started) {
    if (started != null) {
      try {
        started.close();
      } catch (Exception e) {
        // The failure that brought us here is the one to tell.
      }
    }
    return null;
  }
}
