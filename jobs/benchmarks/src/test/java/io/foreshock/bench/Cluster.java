package io.foreshock.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.CheckpointType;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.checkpoint.CompletedCheckpointStats;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A Flink cluster in this JVM: RocksDB, incremental checkpoints. */
final class Cluster implements AutoCloseable {

  private static final OperatingSystemMXBean CPU =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  /** Parallelism, and cores that the bars are meant for. */
  static final int PARALLELISM = 2;

  private static final Duration AT_MOST = Duration.ofMinutes(15);

  private final Path folder;
  private final Duration checkpointInterval;
  private final MiniCluster flink;

  Cluster(Path folder, Duration checkpointInterval) throws Exception {
    this.folder = folder;
    this.checkpointInterval = checkpointInterval;
    Configuration all = new Configuration();
    all.setString("taskmanager.memory.managed.size", "512m");
    all.setString("taskmanager.memory.network.min", "256m");
    all.setString("taskmanager.memory.network.max", "256m");
    all.setString("io.tmp.dirs", Files.createDirectories(folder.resolve("tmp")).toString());
    all.setString("rest.port", "0");
    // A job may have to wait until the one before has left its slots.
    all.setString("resourcemanager.standalone.start-up-time", "1d");
    flink =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(all)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(PARALLELISM)
                .build());
    flink.start();
  }

  /** Measures one time after the other, after the warm-up. */
  Measured measure(Contender contender, BenchCase c, Effort effort) throws Exception {
    boolean stock = contender == Contender.STOCK;
    try (Run run = new Run(c, PARALLELISM, stock, stock)) {
      run.goFor(effort.warmUp());
      JobID job = submit(contender, run, true);
      try {
        long done = run.awaitDone(AT_MOST);
        double[] rates = new double[effort.times()];
        long cpu = CPU.getProcessCpuTime();
        long first = done;
        for (int i = 0; i < rates.length; i++) {
          long before = done;
          long start = System.nanoTime();
          run.goFor(effort.time());
          done = run.awaitDone(AT_MOST);
          rates[i] = (done - before) * PARALLELISM / ((System.nanoTime() - start) / 1e9);
        }
        double micros =
            (CPU.getProcessCpuTime() - cpu) / 1e3 / Math.max(1, (done - first) * PARALLELISM);
        long state = contender == Contender.OURS ? savepointBytes(job) : 0;
        if (stock) {
          run.awaitFlush(AT_MOST);
        }
        List<String> matches = stock ? run.matches() : List.of();
        return new Measured(Effort.median(rates), micros, done, matches, state);
      } finally {
        cancel(job);
      }
    }
  }

  /** Matches in the beginning of a case's stream. */
  List<String> matches(Contender contender, BenchCase c, long trafficPerPart) throws Exception {
    try (Run run = new Run(c, PARALLELISM, false, true)) {
      run.goTo(trafficPerPart);
      JobID job = submit(contender, run, true);
      try {
        run.awaitDone(AT_MOST);
        run.awaitFlush(AT_MOST);
        return run.matches();
      } finally {
        cancel(job);
      }
    }
  }

  /**
   * Looks at the engine's state and checkpoints.
   *
   * @param c all of its signals are relevant, so that each changes an asset
   * @param changed how many assets to change before each checkpoint
   */
  StateSizes stateSizes(BenchCase c, int... changed) throws Exception {
    List<StateSizes.Checkpoint> checkpoints = new ArrayList<>();
    try (Run run = new Run(c, PARALLELISM, false, false)) {
      run.goTo(0);
      JobID job = submit(Contender.OURS, run, false);
      try {
        run.awaitDone(AT_MOST);
        long all = savepointBytes(job);
        checkpoint(job);
        long sum = 0;
        for (int assets : changed) {
          sum += assets / PARALLELISM;
          run.goTo(sum);
          run.awaitDone(AT_MOST);
          checkpoints.add(new StateSizes.Checkpoint(assets, checkpoint(job)));
        }
        int open = new SignalStream(c, 0, 1).assetsWithOpenMatch();
        return new StateSizes(c.assets(), open, all, checkpoints);
      } finally {
        cancel(job);
      }
    }
  }

  private JobID submit(Contender contender, Run run, boolean checkpoints) throws Exception {
    Configuration all = new Configuration();
    all.setString("state.backend.type", "rocksdb");
    all.setString("execution.checkpointing.storage", "filesystem");
    all.setString(
        "execution.checkpointing.dir",
        Files.createDirectories(folder.resolve("checkpoints")).toUri().toString());
    all.setString("execution.checkpointing.incremental", "true");
    if (checkpoints) {
      all.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, checkpointInterval);
    }
    all.setString("execution.buffer-timeout.interval", "10ms");
    all.setString("restart-strategy.type", "none");
    all.setString("pipeline.object-reuse", "true");
    all.setString("pipeline.generic-types", "false");
    all.setString("pipeline.max-parallelism", "240");
    all.setString("parallelism.default", String.valueOf(PARALLELISM));
    StreamExecutionEnvironment environment = new StreamExecutionEnvironment(all);
    contender.define(environment, run);
    JobID job = flink.submitJob(environment.getStreamGraph()).get().getJobID();
    flink
        .requestJobResult(job)
        .thenAccept(
            result ->
                run.failed(
                    result
                        .getSerializedThrowable()
                        .<Throwable>map(e -> e.deserializeError(getClass().getClassLoader()))
                        .orElseGet(() -> new IllegalStateException(result.toString()))));
    return job;
  }

  private void cancel(JobID job) throws Exception {
    flink.cancelJob(job).exceptionally(e -> null).get(1, TimeUnit.MINUTES);
    flink.requestJobResult(job).get(2, TimeUnit.MINUTES);
  }

  private long checkpoint(JobID job) throws Exception {
    long id = flink.triggerCheckpoint(job, CheckpointType.INCREMENTAL).get(2, TimeUnit.MINUTES);
    CompletedCheckpointStats latest =
        flink
            .getExecutionGraph(job)
            .get()
            .getCheckpointStatsSnapshot()
            .getHistory()
            .getLatestCompletedCheckpoint();
    if (latest.getCheckpointId() != id) {
      throw new IllegalStateException(
          "Checkpoint " + id + " is not the latest, " + latest.getCheckpointId() + " is");
    }
    return latest.getCheckpointedSize();
  }

  private long savepointBytes(JobID job) throws Exception {
    Path target = Files.createDirectories(folder.resolve("savepoints"));
    flink
        .triggerSavepoint(job, target.toUri().toString(), false, SavepointFormatType.CANONICAL)
        .get(5, TimeUnit.MINUTES);
    try (Stream<Path> files = Files.walk(target)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    } finally {
      delete(target);
    }
  }

  static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  @Override
  public void close() throws Exception {
    flink.close();
  }
}
