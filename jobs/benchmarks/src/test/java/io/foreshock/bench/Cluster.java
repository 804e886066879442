package io.foreshock.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
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

  private static final OperatingSystemMXBean CPU =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  /** Parallelism, and cores that the bars are meant for. */
  static final int PARALLELISM = 2;

  private static final Duration AT_MOST = Duration.ofMinutes(15);

  private final Duration checkpointInterval;
  private final FlinkInProcess flink;

  Cluster(Path folder, Duration checkpointInterval) throws Exception {
    this.checkpointInterval = checkpointInterval;
    this.flink = new FlinkInProcess(folder, PARALLELISM);
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
        long state = contender == Contender.OURS ? flink.savepointBytes(job) : 0;
        if (stock) {
          run.awaitFlush(AT_MOST);
        }
        List<String> matches = stock ? run.matches() : List.of();
        return new Measured(Effort.median(rates), micros, done, matches, state);
      } finally {
        flink.cancel(job);
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
        flink.cancel(job);
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
        long all = flink.savepointBytes(job);
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
        flink.cancel(job);
      }
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
