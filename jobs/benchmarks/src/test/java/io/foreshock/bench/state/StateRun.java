package io.foreshock.bench.state;

import io.foreshock.bench.FlinkInProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.CheckpointType;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.checkpoint.CompletedCheckpointStats;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecutionVertex;

/** Fills the state of so many assets, looks at checkpoints, savepoint and restore. */
final class StateRun {
  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(10);
  private static final int ROUNDS = 2;

  /** One asset in a hundred, in ten, and each. */
  private static final List<Integer> SHARES = List.of(100, 10, 1);

  private final FlinkInProcess flink;
  private final Path savepoints;
  private final int assets;

  /** Why the present job has ended; that of an earlier one may be told late. */
  private AtomicReference<Throwable> ended = new AtomicReference<>();

  /**
   * What was seen.
   *
   * @param savepointBytes canonical savepoint
   * @param savepointSeconds to write it, the end of the job included
   * @param restoreSeconds from submission until every task runs, from the savepoint
   * @param emptyStartSeconds the same without state
   * @param checkpoints incremental ones, each after another share of the assets had changed
   */
  record Figures(
      int assets,
      long savepointBytes,
      double savepointSeconds,
      double restoreSeconds,
      double emptyStartSeconds,
      List<Checkpoint> checkpoints) {}

  /**
   * @param changed assets that changed since the checkpoint before
   * @param bytes what was written
   * @param stateBytes what it refers to
   */
  record Checkpoint(long changed, long bytes, long stateBytes) {}

  StateRun(FlinkInProcess flink, Path savepoints, int assets) {
    this.flink = flink;
    this.savepoints = savepoints;
    this.assets = assets;
  }

  Figures run() throws Exception {
    Goals.begin();
    long begin = System.nanoTime();
    JobID job = submit(null);
    double emptyStart = seconds(begin);
    goOn((long) assets * ROUNDS);
    checkpoint(job);
    List<Checkpoint> checkpoints = new ArrayList<>();
    for (int share : SHARES) {
      long changed = assets / share;
      goOn(changed);
      CompletedCheckpointStats stats = checkpoint(job);
      checkpoints.add(new Checkpoint(changed, stats.getCheckpointedSize(), stats.getStateSize()));
    }
    begin = System.nanoTime();
    String savepoint =
        flink
            .cluster()
            .stopWithSavepoint(
                job, savepoints.toUri().toString(), false, SavepointFormatType.CANONICAL)
            .get(5, TimeUnit.MINUTES);
    double savepointSeconds = seconds(begin);
    long bytes = bytes(Path.of(URI.create(savepoint)));
    Goals.begin();
    begin = System.nanoTime();
    JobID restored = submit(savepoint);
    double restoreSeconds = seconds(begin);
    flink.cancel(restored);
    return new Figures(assets, bytes, savepointSeconds, restoreSeconds, emptyStart, checkpoints);
  }

  /** Submits the job and waits until every task runs, states restored. */
  private JobID submit(String savepoint) throws Exception {
    Configuration configuration = flink.settings();
    if (savepoint != null) {
      configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
    }
    AtomicReference<Throwable> own = new AtomicReference<>();
    ended = own;
    JobID job = flink.submit(AssetJob.environment(configuration, assets), own::set);
    await(() -> runs(job));
    return job;
  }

  private boolean runs(JobID job) {
    List<ExecutionState> tasks = new ArrayList<>();
    for (AccessExecutionVertex task :
        flink.cluster().getExecutionGraph(job).join().getAllExecutionVertices()) {
      tasks.add(task.getExecutionState());
    }
    return !tasks.isEmpty() && tasks.stream().allMatch(ExecutionState.RUNNING::equals);
  }

  private void goOn(long records) {
    Goals.goOn(records);
    await(Goals::isReached);
  }

  private CompletedCheckpointStats checkpoint(JobID job) throws Exception {
    flink.cluster().triggerCheckpoint(job, CheckpointType.INCREMENTAL).get(2, TimeUnit.MINUTES);
    return flink
        .cluster()
        .getExecutionGraph(job)
        .get()
        .getCheckpointStatsSnapshot()
        .getHistory()
        .getLatestCompletedCheckpoint();
  }

  private void await(BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (!condition.getAsBoolean()) {
      if (ended.get() != null) {
        throw new IllegalStateException("The job has ended", ended.get());
      }
      if (System.nanoTime() > end) {
        throw new IllegalStateException("The job does not come to its goal");
      }
      LockSupport.parkNanos(2_000_000);
    }
  }

  private static double seconds(long beginNanos) {
    return (System.nanoTime() - beginNanos) / 1e9;
  }

  private static long bytes(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }
}
