package io.foreshock.local;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;

/**
 * A Flink session cluster on this machine: one JobManager with its web interface (or several, of
 * which one leads) and any number of TaskManagers, each a process of its own, made from the class
 * path of this process.
 *
 * <pre>{@code
 * try (LocalFlink flink = LocalFlink.at(folder).taskManagers(2).start()) {
 *   String job = flink.run(jar, List.of(), List.of("--config", "precursors.yaml"));
 *   flink.rest().awaitRunning(job, Duration.ofSeconds(60));
 *   …
 * }
 * }</pre>
 *
 * <p>The processes end when this process ends, however it ends. Not thread-safe.
 */
public final class LocalFlink implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(90);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

  private final FlinkHome home;
  private final Progress progress;
  private final int slotsEach;
  private final JobManagers jobManagers;
  private final TaskManagers taskManagers;
  private int clientRuns;

  private LocalFlink(Builder builder) {
    this.progress = builder.progress;
    this.slotsEach = builder.slots;
    int restPort = builder.restPort == 0 ? FreePorts.next() : builder.restPort;
    Configuration configuration =
        LocalFlinkDefaults.configuration(
            builder.folder, restPort, slotsEach, builder.taskHeapMegabytes);
    builder.overrides.forEach(configuration::setString);
    this.home = new FlinkHome(builder.folder, configuration);
    this.jobManagers =
        new JobManagers(home, new FlinkRest(URI.create("http://127.0.0.1:" + restPort)));
    this.taskManagers = new TaskManagers(home);
  }

  /**
   * Begins to describe a cluster.
   *
   * @param folder where configuration, logs, checkpoints and savepoints go, and plugins of Flink
   *     are looked for ({@code plugins}); created when absent, never emptied
   */
  public static Builder at(Path folder) {
    return new Builder(folder.toAbsolutePath());
  }

  /** Address of the web interface. */
  public URI webInterface() {
    return jobManagers.rest().address();
  }

  /** Asks and orders by REST, of a JobManager that lives. */
  public FlinkRest rest() {
    return jobManagers.rest();
  }

  /** Folder of the logs: {@code jobmanager}, {@code taskmanager-<n>} and {@code client-<n>}. */
  public Path logs() {
    return home.logs();
  }

  /** Folder that savepoints go to when no other is named. */
  public Path savepoints() {
    return home.savepoints();
  }

  /**
   * Submits a job as {@code flink run --detached} does and returns its id.
   *
   * @param jar jar of the job, its manifest names the main class
   * @param options options of {@code flink run}, e.g. {@code --parallelism 2}, {@code
   *     --fromSavepoint …}
   * @param arguments arguments of the job
   * @throws LocalClusterException when the job was refused; the message is what the client printed
   */
  public String run(Path jar, List<String> options, List<String> arguments) {
    List<String> all = new ArrayList<>(List.of("run", "--detached"));
    all.addAll(options);
    all.add(jar.toString());
    all.addAll(arguments);
    ClientResult result = flink(all);
    return result
        .jobId()
        .filter(id -> result.exitCode() == 0)
        .orElseThrow(
            () ->
                new LocalClusterException(
                    "flink run ended with exit code "
                        + result.exitCode()
                        + ":\n"
                        + result.output()));
  }

  /** Runs Flink's command line, e.g. {@code flink(List.of("list"))}, and waits for its end. */
  public ClientResult flink(List<String> arguments) {
    String name = "client-" + ++clientRuns;
    List<String> main = new ArrayList<>(List.of(FlinkProcesses.CLIENT));
    main.addAll(arguments);
    return home.start(name, FlinkProcesses.clientFlags(), main).result();
  }

  /** Starts one more TaskManager and returns its number, from 0. Does not wait for it. */
  public int startTaskManager() {
    return taskManagers.start();
  }

  /** Kills a TaskManager as a power cut would ({@code kill -9}). */
  public void killTaskManager(int number) {
    taskManagers.get(number).kill();
  }

  /** Stops a TaskManager where it stands ({@code SIGSTOP}); its connections stay open. */
  public void pauseTaskManager(int number) {
    taskManagers.get(number).pause();
  }

  /** Lets a TaskManager go on after {@link #pauseTaskManager}. */
  public void resumeTaskManager(int number) {
    taskManagers.get(number).resume();
  }

  /**
   * Starts one more JobManager and returns its number, from 0. Does not wait for it. A second one
   * stands by until the first is gone, which needs {@link Builder#highAvailability}.
   */
  public int startJobManager() {
    return jobManagers.start();
  }

  /**
   * Kills the JobManager that was started first as a power cut would ({@code kill -9}). Without
   * high availability its jobs are lost.
   */
  public void killJobManager() {
    killJobManager(0);
  }

  /** Kills a JobManager as a power cut would ({@code kill -9}). */
  public void killJobManager(int number) {
    jobManagers.kill(number);
  }

  /** Stops a JobManager where it stands ({@code SIGSTOP}); its connections stay open. */
  public void pauseJobManager(int number) {
    jobManagers.pause(number);
  }

  /** Lets a JobManager go on after {@link #pauseJobManager}. */
  public void resumeJobManager(int number) {
    jobManagers.resume(number);
  }

  /** Numbers of the JobManagers that live. */
  public List<Integer> liveJobManagers() {
    return jobManagers.live();
  }

  /** Folder of a JobManager's log. */
  public Path jobManagerLog(int number) {
    return jobManagers.log(number);
  }

  /** Numbers of the TaskManagers that live. */
  public List<Integer> liveTaskManagers() {
    return taskManagers.live();
  }

  /** Waits until every TaskManager that lives has offered its slots. */
  public void awaitSlots(Duration atMost) {
    int slots = liveTaskManagers().size() * slotsEach;
    Await.until(slots + " slots of Flink", atMost, () -> rest().slots() >= slots, this::whoHasDied);
  }

  /** Stops all processes; checkpoints, savepoints and logs stay. */
  @Override
  public void close() {
    progress.say("Stopping Flink");
    taskManagers.kill();
    jobManagers.stop(STOP_LIMIT);
  }

  private void launch(int masters, int number) {
    long begin = System.nanoTime();
    progress.say("Starting Flink, web interface on " + webInterface());
    home.write();
    for (int i = 0; i < masters; i++) {
      startJobManager();
    }
    for (int i = 0; i < number; i++) {
      startTaskManager();
    }
    awaitSlots(START_LIMIT);
    progress.say(
        "Flink is ready on %s (%.1f s)"
            .formatted(webInterface(), (System.nanoTime() - begin) / 1e9));
  }

  private String whoHasDied() {
    String obituary = jobManagers.obituary();
    return obituary == null ? taskManagers.obituary() : obituary;
  }

  /** What the cluster shall be like. */
  public static final class Builder {
    private final Path folder;
    private final Map<String, String> overrides = new java.util.TreeMap<>();
    private int jobManagers = 1;
    private int taskManagers = 1;
    private int slots = 2;
    private int restPort;
    private int taskHeapMegabytes = 512;
    private Progress progress = Progress.NONE;

    private Builder(Path folder) {
      this.folder = folder;
    }

    /** Number of TaskManagers; default 1. */
    public Builder taskManagers(int number) {
      this.taskManagers = number;
      return this;
    }

    /**
     * Lets another JobManager take over when the leading one is gone, jobs included.
     *
     * @param zooKeeper address of ZooKeeper, e.g. {@code 127.0.0.1:2181}
     * @param jobManagers JobManagers to start; those beyond the first stand by
     */
    public Builder highAvailability(String zooKeeper, int jobManagers) {
      this.jobManagers = jobManagers;
      LocalFlinkDefaults.highAvailability(folder, zooKeeper).forEach(overrides::putIfAbsent);
      return this;
    }

    /** Slots of each TaskManager; default 2. */
    public Builder slots(int each) {
      this.slots = each;
      return this;
    }

    /** Port of the web interface; default: a free one. */
    public Builder restPort(int port) {
      this.restPort = port;
      return this;
    }

    /** Heap for tasks of each TaskManager; default 512. */
    public Builder taskHeapMegabytes(int megabytes) {
      this.taskHeapMegabytes = megabytes;
      return this;
    }

    /** Sets or replaces an option of Flink's {@code config.yaml}. */
    public Builder configuration(String key, String value) {
      overrides.put(key, value);
      return this;
    }

    /** Who is told what happens; default: nobody. */
    public Builder progress(Progress progress) {
      this.progress = progress;
      return this;
    }

    /**
     * Starts the processes and returns when all slots are there.
     *
     * @throws LocalClusterException when they do not start; names the log
     */
    public LocalFlink start() {
      LocalFlink flink = new LocalFlink(this);
      try {
        flink.launch(jobManagers, taskManagers);
      } catch (RuntimeException e) {
        flink.close();
        throw e;
      }
      return flink;
    }
  }
}
