package io.foreshock.backtest.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.checkpoint.CheckpointException;
import org.apache.flink.runtime.checkpoint.CheckpointFailureReason;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ExceptionUtils;

/**
 * A job that read its file to the end.
 *
 * @param result of the job
 * @param cost what it took; state is that of a savepoint in canonical form, taken when everything
 *     was read and before anything ended
 */
record FinishedRun(JobExecutionResult result, RunCost cost) {
  private static final long LOOK_EVERY_MILLIS = 200;

  /** Runs the job of the environment; its source reads through the feed. */
  static FinishedRun execute(
      StreamExecutionEnvironment environment, RecordFeed feed, RunSettings how) throws Exception {
    CpuClock clock = CpuClock.start();
    how.progress().begin("matching", "messages", how.messages());
    JobClient job = environment.executeAsync("backtest");
    CompletableFuture<JobExecutionResult> result = job.getJobExecutionResult();
    while (!result.isDone() && !feed.atEnd().await(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
      how.progress().at(feed.records());
    }
    long stateBytes = result.isDone() ? -1 : stateBytes(job);
    feed.letEnd();
    JobExecutionResult finished = result.get();
    how.progress().at(feed.records());
    how.progress().end();
    return new FinishedRun(
        finished,
        new RunCost(
            feed.records(), feed.assets(), clock.wallSeconds(), clock.cpuSeconds(), stateBytes));
  }

  /**
   * Bytes of a savepoint; it is taken, measured and removed. Negative when the job ended meanwhile:
   * then its own failure is what counts.
   */
  private static long stateBytes(JobClient job) throws Exception {
    Path folder = Files.createTempDirectory("foreshock-state-");
    try {
      if (!takeSavepoint(job, folder)) {
        return -1;
      }
      try (Stream<Path> files = Files.walk(folder)) {
        return files.filter(Files::isRegularFile).mapToLong(FinishedRun::size).sum();
      }
    } finally {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  /** A short recording is read before every task runs: then it is tried again. */
  private static boolean takeSavepoint(JobClient job, Path folder) throws Exception {
    CompletableFuture<JobExecutionResult> end = job.getJobExecutionResult();
    while (true) {
      try {
        job.triggerSavepoint(folder.toUri().toString(), SavepointFormatType.CANONICAL).get();
        return true;
      } catch (ExecutionException e) {
        boolean early =
            ExceptionUtils.findThrowable(e, CheckpointException.class)
                .map(CheckpointException::getCheckpointFailureReason)
                .filter(r -> r == CheckpointFailureReason.NOT_ALL_REQUIRED_TASKS_RUNNING)
                .isPresent();
        if (!early) {
          return false;
        }
        try {
          // Comes to an end only when the job fails; otherwise this is a short wait.
          end.get(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
          return false;
        } catch (ExecutionException failed) {
          return false;
        } catch (TimeoutException stillRuns) {
          // As it should be: another try.
        }
      }
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
