package io.foreshock.bench.latency;

import io.foreshock.local.Await;
import io.foreshock.local.FlinkRoles;
import io.foreshock.local.LocalFlink;
import io.foreshock.local.LocalKafka;
import io.foreshock.local.LocalZooKeeper;
import io.foreshock.local.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * Broker, JobManager and TaskManagers, each a process of its own; a TaskManager and a JobManager to
 * spare where something will be killed.
 */
final class Installation implements AutoCloseable {
  static final String TENANT = "bench";

  private static final int PARTITIONS = 2;
  private static final int PARALLELISM = 2;
  private static final Duration START_LIMIT = Duration.ofSeconds(180);

  private final LatencySettings settings;
  private final Path folder;
  private final LocalZooKeeper zooKeeper;
  private final LocalKafka kafka;
  private final LocalFlink flink;
  private final List<String> jobs = new ArrayList<>();

  private Installation(
      LatencySettings settings,
      Path folder,
      LocalZooKeeper zooKeeper,
      LocalKafka kafka,
      LocalFlink flink) {
    this.settings = settings;
    this.folder = folder;
    this.zooKeeper = zooKeeper;
    this.kafka = kafka;
    this.flink = flink;
  }

  static Installation start(LatencySettings settings, Path folder, Progress progress)
      throws IOException {
    boolean spare = !settings.kills().isEmpty();
    LocalZooKeeper zooKeeper = spare ? LocalZooKeeper.start(folder.resolve("zookeeper")) : null;
    LocalKafka kafka =
        LocalKafka.at(folder.resolve("kafka"))
            .heapMegabytes(768)
            // A killed broker is let in again when its old session has ended.
            .property("broker.session.timeout.ms", "2000")
            .progress(progress)
            .start();
    kafka.createTopics(
        List.of(
            topic("telemetry.raw", "message.timestamp.type", "LogAppendTime"),
            topic("detections", "cleanup.policy", "delete"),
            topic("alerts", "cleanup.policy", "compact"),
            topic("notifications", "cleanup.policy", "delete"),
            topic("commands", "cleanup.policy", "compact"),
            topic("commands.answers", "cleanup.policy", "delete")));
    LocalFlink.Builder builder =
        LocalFlink.at(folder.resolve("flink"))
            .taskManagers(spare ? 2 : 1)
            .slots(settings.oneJob() ? PARALLELISM : 2 * PARALLELISM)
            .taskHeapMegabytes(512)
            .progress(progress);
    if (spare) {
      builder.highAvailability(zooKeeper.address(), 2);
    }
    if (settings.changelog()) {
      builder
          .configuration("state.changelog.enabled", "true")
          .configuration("state.changelog.storage", "filesystem")
          .configuration(
              "state.changelog.dstl.dfs.base-path", store(settings, folder.resolve("changelog")));
    }
    builder.configuration(
        "execution.checkpointing.dir", store(settings, folder.resolve("checkpoints")));
    if (!settings.storeDelay().isZero()) {
      JobJars.pluginOfSlowStore(folder.resolve("flink").resolve("plugins"));
      builder.configuration(SlowStoreFactory.DELAY, settings.storeDelay().toMillis() + "ms");
    }
    return new Installation(settings, folder, zooKeeper, kafka, builder.start());
  }

  private static String store(LatencySettings settings, Path folder) {
    return (settings.storeDelay().isZero() ? "file" : SlowStoreFactory.SCHEME) + "://" + folder;
  }

  private static NewTopic topic(String kind, String key, String value) {
    return new NewTopic(TENANT + "." + kind, PARTITIONS, (short) 1).configs(Map.of(key, value));
  }

  /**
   * Submits the jobs and waits until they run.
   *
   * @param root folder of the project, for the jars
   * @param documents patterns
   */
  void submit(Path root, List<String> documents) throws IOException {
    Path patterns = Files.createDirectories(folder.resolve("patterns"));
    for (int i = 0; i < documents.size(); i++) {
      Files.writeString(patterns.resolve("probe-" + i + ".yaml"), documents.get(i));
    }
    Path precursors = JobJars.of(root, "precursors");
    Path alerts = JobJars.of(root, "alerts");
    if (settings.oneJob()) {
      submit(
          JobJars.ofBothStages(folder),
          List.of("-C", precursors.toUri().toString(), "-C", alerts.toUri().toString()),
          List.of("patterns=" + patterns));
    } else {
      submit(precursors, List.of(), List.of("patterns=" + patterns));
      submit(alerts, List.of(), List.of());
    }
    jobs.forEach(job -> flink.rest().awaitRunning(job, START_LIMIT));
  }

  private void submit(Path jar, List<String> classPath, List<String> options) {
    List<String> flinkOptions =
        new ArrayList<>(List.of("--parallelism", String.valueOf(PARALLELISM)));
    flinkOptions.addAll(classPath);
    if (settings.checkpointInterval() != null) {
      flinkOptions.add(
          "-Dexecution.checkpointing.interval=" + settings.checkpointInterval().toMillis() + "ms");
      flinkOptions.add("-Dexecution.checkpointing.min-pause=0ms");
    }
    List<String> arguments = new ArrayList<>();
    List<String> all = new ArrayList<>(options);
    all.add("kafka.bootstrap-servers=" + kafka.bootstrapServers());
    all.add("installation=latency");
    all.add("tenants=" + TENANT);
    all.add("scope=" + TENANT);
    all.add("delivery=" + settings.delivery());
    all.forEach(option -> arguments.addAll(List.of("-D", option)));
    jobs.add(flink.run(jar, flinkOptions, arguments));
  }

  String bootstrapServers() {
    return kafka.bootstrapServers();
  }

  /** Kills, and starts again what was killed. */
  void kill(LatencySettings.Kill what) {
    switch (what) {
      case TASK_MANAGER -> {
        Await.until(
            "a TaskManager that works",
            START_LIMIT,
            () -> !FlinkRoles.usedTaskManagers(flink).isEmpty());
        flink.killTaskManager(FlinkRoles.usedTaskManagers(flink).get(0));
        flink.startTaskManager();
      }
      case JOB_MANAGER -> {
        flink.killJobManager(FlinkRoles.leadingJobManager(flink));
        flink.startJobManager();
      }
      case BROKER -> {
        kafka.kill();
        kafka.restart();
      }
    }
  }

  /** Completed checkpoints of each job, and what ended it if it did. */
  List<Long> checkpoints() {
    return jobs.stream().map(job -> flink.rest().completedCheckpoints(job)).toList();
  }

  @Override
  public void close() {
    flink.close();
    kafka.close();
    if (zooKeeper != null) {
      zooKeeper.close();
    }
  }
}
