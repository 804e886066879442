package io.foreshock.chaos;

import io.foreshock.local.FlinkRoles;
import io.foreshock.local.LocalFlink;
import io.foreshock.local.LocalKafka;
import io.foreshock.local.LocalZooKeeper;
import io.foreshock.local.Progress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A broker, ZooKeeper, two JobManagers (one stands by) and one TaskManager more than the jobs need,
 * each a process of its own. Not thread-safe.
 *
 * <p>{@link #supervise} starts again what has ended, as Kubernetes would.
 */
final class ChaosInstallation implements RunningJobs, AutoCloseable {
  private static final int PARALLELISM = 2;
  private static final int JOB_MANAGERS = 2;
  private static final Duration JOB_START_LIMIT = Duration.ofSeconds(120);

  private final List<String> tenants;
  private final LocalZooKeeper zooKeeper;
  private final LocalKafka kafka;
  private final LocalFlink flink;
  private final FullDisk disk;
  private final int taskManagers;
  private final List<String> jobs = new ArrayList<>();
  private final Set<Integer> stoppedTaskManagers = new LinkedHashSet<>();
  private final Set<Integer> stoppedJobManagers = new LinkedHashSet<>();
  private int endedByThemselves;

  private ChaosInstallation(
      List<String> tenants,
      LocalZooKeeper zooKeeper,
      LocalKafka kafka,
      LocalFlink flink,
      FullDisk disk,
      int taskManagers) {
    this.taskManagers = taskManagers;
    this.tenants = tenants;
    this.zooKeeper = zooKeeper;
    this.kafka = kafka;
    this.flink = flink;
    this.disk = disk;
  }

  /**
   * Starts everything and returns when it answers.
   *
   * @param jobs how many jobs will run
   */
  static ChaosInstallation start(Path folder, List<String> tenants, int jobs, Progress progress) {
    int taskManagers = jobs * PARALLELISM + 1;
    List<AutoCloseable> started = new ArrayList<>();
    try {
      Optional<FullDisk> disk = FullDisk.mount(folder.resolve("flink").resolve("checkpoints"));
      disk.ifPresent(started::add);
      if (disk.isEmpty()) {
        progress.say(
            "No disk can be mounted by this user, so none is filled: run as root for that");
      }
      LocalZooKeeper zooKeeper = LocalZooKeeper.start(folder.resolve("zookeeper"));
      started.add(zooKeeper);
      LocalKafka kafka =
          LocalKafka.at(folder.resolve("kafka"))
              // A killed broker is let in again when its old session has ended.
              .property("broker.session.timeout.ms", "2000")
              .progress(progress)
              .start();
      started.add(kafka);
      LocalFlink flink =
          LocalFlink.at(folder.resolve("flink"))
              .taskManagers(taskManagers)
              .slots(1)
              .taskHeapMegabytes(256)
              .highAvailability(zooKeeper.address(), JOB_MANAGERS)
              .progress(progress)
              .start();
      return new ChaosInstallation(
          tenants, zooKeeper, kafka, flink, disk.orElse(null), taskManagers);
    } catch (RuntimeException e) {
      closeAll(started);
      throw e;
    }
  }

  @Override
  public String bootstrapServers() {
    return kafka.bootstrapServers();
  }

  @Override
  public List<String> rawTopics() {
    return tenants.stream().map(Sender::rawTopic).toList();
  }

  LocalKafka kafka() {
    return kafka;
  }

  LocalFlink flink() {
    return flink;
  }

  /** The disk of the checkpoints; empty where none can be mounted. */
  Optional<FullDisk> disk() {
    return Optional.ofNullable(disk);
  }

  /** Processes that ended though nobody had killed them. */
  int endedByThemselves() {
    return endedByThemselves;
  }

  void createTopics(List<Output> outputs) {
    Topics.create(kafka, tenants, outputs);
  }

  /** Submits a job as {@code flink run} does, and waits until it runs. */
  void submit(JobUnderTest underTest, Path jar) {
    String job =
        flink.run(
            jar,
            List.of("--parallelism", String.valueOf(PARALLELISM)),
            underTest.arguments(kafka.bootstrapServers(), "chaos", tenants));
    jobs.add(job);
    flink.rest().awaitRunning(job, JOB_START_LIMIT);
  }

  /** States of the jobs in words. */
  String jobStates() {
    try {
      return jobs.stream().map(flink.rest()::state).collect(Collectors.joining(", "));
    } catch (RuntimeException e) {
      return "unknown: no JobManager answers";
    }
  }

  @Override
  public Optional<String> obituary() {
    try {
      for (String job : jobs) {
        String state = flink.rest().state(job);
        if (Set.of("FAILED", "FINISHED", "CANCELED").contains(state)) {
          return Optional.of("A job is " + state + ": " + flink.rest().rootException(job));
        }
      }
    } catch (RuntimeException e) {
      return Optional.empty();
    }
    return Optional.empty();
  }

  @Override
  public void stopJobs() {
    for (String job : jobs) {
      flink.rest().awaitRunning(job, JOB_START_LIMIT);
      flink.rest().stopWithSavepoint(job, flink.savepoints());
    }
  }

  /** Starts again what has ended. */
  @Override
  public void supervise() {
    while (flink.liveTaskManagers().size() < taskManagers) {
      flink.startTaskManager();
      endedByThemselves++;
    }
    while (flink.liveJobManagers().size() < JOB_MANAGERS) {
      flink.startJobManager();
      endedByThemselves++;
    }
  }

  /** Kills a TaskManager and starts another one. */
  void replaceTaskManager(int number) {
    flink.killTaskManager(number);
    stoppedTaskManagers.remove(number);
    flink.startTaskManager();
  }

  /** Kills a JobManager and starts another one. */
  void replaceJobManager(int number) {
    flink.killJobManager(number);
    stoppedJobManagers.remove(number);
    flink.startJobManager();
  }

  void stopTaskManager(int number) {
    stoppedTaskManagers.add(number);
    flink.pauseTaskManager(number);
  }

  void stopJobManager(int number) {
    stoppedJobManagers.add(number);
    flink.pauseJobManager(number);
  }

  /** Lets everything go on that is stopped, and frees the disk. */
  void heal() {
    if (!kafka.isAlive()) {
      kafka.restart();
    }
    kafka.resume();
    stoppedTaskManagers.forEach(flink::resumeTaskManager);
    stoppedTaskManagers.clear();
    stoppedJobManagers.forEach(flink::resumeJobManager);
    stoppedJobManagers.clear();
    if (disk != null) {
      disk.free();
    }
    supervise();
  }

  /** Numbers of the TaskManagers that run a part of the job; none when nobody knows. */
  List<Integer> usedTaskManagers() {
    return FlinkRoles.usedTaskManagers(flink);
  }

  /** Number of the JobManager that leads. */
  int leadingJobManager() {
    return FlinkRoles.leadingJobManager(flink);
  }

  @Override
  public void close() {
    List<AutoCloseable> all = new ArrayList<>();
    if (disk != null) {
      all.add(disk);
    }
    all.addAll(List.of(zooKeeper, kafka, flink));
    closeAll(all);
  }

  /** Last started, first closed. */
  private static void closeAll(Collection<AutoCloseable> started) {
    List<AutoCloseable> reversed = new ArrayList<>(started);
    java.util.Collections.reverse(reversed);
    for (AutoCloseable each : reversed) {
      try {
        each.close();
      } catch (Exception e) {
        // The others must be closed all the same; the process takes its children with it.
      }
    }
  }
}
