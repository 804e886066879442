package io.foreshock.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A Flink cluster in this JVM, for jobs on RocksDB with incremental checkpoints. */
public final class FlinkInProcess implements AutoCloseable {
  private final Path folder;
  private final int parallelism;
  private final MiniCluster flink;

  /**
   * @param folder for checkpoints, savepoints and RocksDB
   * @param parallelism slots, and parallelism of jobs
   */
  public FlinkInProcess(Path folder, int parallelism) throws Exception {
    this(folder, parallelism, 1);
  }

  /**
   * @param parallelism of each job
   * @param jobs that run at the same time, each with memory of its own
   */
  FlinkInProcess(Path folder, int parallelism, int jobs) throws Exception {
    this.folder = folder;
    this.parallelism = parallelism;
    Configuration all = new Configuration();
    all.setString("taskmanager.memory.managed.size", 512 * jobs + "m");
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
                .setNumSlotsPerTaskManager(parallelism * jobs)
                .build());
    flink.start();
  }

  /** Settings that every measured job shares; add what the job is about. */
  public Configuration settings() throws IOException {
    Configuration all = new Configuration();
    all.setString("state.backend.type", "rocksdb");
    all.setString("execution.checkpointing.storage", "filesystem");
    all.setString(
        "execution.checkpointing.dir",
        Files.createDirectories(folder.resolve("checkpoints")).toUri().toString());
    all.setString("execution.checkpointing.incremental", "true");
    all.setString("restart-strategy.type", "none");
    all.setString("pipeline.object-reuse", "true");
    all.setString("pipeline.generic-types", "false");
    all.setString("pipeline.max-parallelism", "240");
    all.setString("parallelism.default", String.valueOf(parallelism));
    return all;
  }

  /** The cluster itself, for what is asked of it rarely. */
  public MiniCluster cluster() {
    return flink;
  }

  /**
   * Starts a job.
   *
   * @param ended told when the job is over, with the reason
   */
  public JobID submit(StreamExecutionEnvironment environment, Consumer<Throwable> ended)
      throws Exception {
    JobID job = flink.submitJob(environment.getStreamGraph()).get().getJobID();
    flink
        .requestJobResult(job)
        .thenAccept(
            result ->
                ended.accept(
                    result
                        .getSerializedThrowable()
                        .<Throwable>map(e -> e.deserializeError(getClass().getClassLoader()))
                        .orElseGet(() -> new IllegalStateException(result.toString()))));
    return job;
  }

  public void cancel(JobID job) throws Exception {
    flink.cancelJob(job).exceptionally(e -> null).get(1, TimeUnit.MINUTES);
    flink.requestJobResult(job).get(2, TimeUnit.MINUTES);
  }

  /** Size of a canonical savepoint: keys, values and timers of every state. */
  public long savepointBytes(JobID job) throws Exception {
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

  /** Deletes a folder with all that is in it. */
  public static void delete(Path folder) throws IOException {
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
