package io.foreshock.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.CheckpointType;
import org.apache.flink.runtime.checkpoint.CompletedCheckpointStats;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A Flink cluster in this JVM: RocksDB, incremental checkpoints. */
final class Cluster implements AutoCloseable {

  /** Parallelism, and cores that the bars are meant for. */
  static final int PARALLELISM = 2;

  /** Jobs that are there at the same time, to be measured in turn. */
  private static final int JOBS = 2;

  private final Duration checkpointInterval;
  private final FlinkInProcess flink;

  Cluster(Path folder, Duration checkpointInterval) throws Exception {
    this.checkpointInterval = checkpointInterval;
    this.flink = new FlinkInProcess(folder, PARALLELISM, JOBS);
  }

  /** Starts a job that is steered by goals. */
  RunningJob start(Contender contender, BenchCase c) throws Exception {
    boolean stock = contender == Contender.STOCK;
    return start(contender, new Run(c, PARALLELISM, stock, stock), true);
  }

  private RunningJob start(Contender contender, Run run, boolean checkpoints) throws Exception {
    try {
      return new RunningJob(flink, run, submit(contender, run, checkpoints));
    } catch (Exception e) {
      run.close();
      throw e;
    }
  }

  /** Matches in the beginning of a case's stream. */
  List<String> matches(Contender contender, BenchCase c, long trafficPerPart) throws Exception {
    try (RunningJob job = start(contender, new Run(c, PARALLELISM, false, true), true)) {
      job.goTo(trafficPerPart * PARALLELISM);
      return job.matches();
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
    try (RunningJob job = start(Contender.OURS, new Run(c, PARALLELISM, false, false), false)) {
      job.goTo(0);
      long all = job.stateBytes();
      checkpoint(job.id());
      long sum = 0;
      for (int assets : changed) {
        sum += assets;
        job.goTo(sum);
        checkpoints.add(new StateSizes.Checkpoint(assets, checkpoint(job.id())));
      }
      int open = new SignalStream(c, 0, 1).assetsWithOpenMatch();
      return new StateSizes(c.assets(), open, all, checkpoints);
    }
  }

  private JobID submit(Contender contender, Run run, boolean checkpoints) throws Exception {
    Configuration all = flink.settings();
    if (checkpoints) {
      all.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, checkpointInterval);
    }
    all.setString("execution.buffer-timeout.interval", "10ms");
    StreamExecutionEnvironment environment = new StreamExecutionEnvironment(all);
    contender.define(environment, run);
    return flink.submit(environment, run::failed);
  }

  private long checkpoint(JobID job) throws Exception {
    MiniCluster cluster = flink.cluster();
    long id = cluster.triggerCheckpoint(job, CheckpointType.INCREMENTAL).get(2, TimeUnit.MINUTES);
    CompletedCheckpointStats latest =
        cluster
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

  @Override
  public void close() throws Exception {
    flink.close();
  }
}
