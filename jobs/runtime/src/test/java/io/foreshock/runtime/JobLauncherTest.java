package io.foreshock.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.runtime.config.Options;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.junit.jupiter.api.Test;

class JobLauncherTest {
  private static final Options NONE = new Options(List.of());

  /** What a start printed to the error stream and threw. */
  private record Started(String errors, Throwable thrown) {}

  @Test
  void saysInOneMessageThatTheClusterCannotBeReached() throws InterruptedException {
    Started started = start();

    assertThat(started.errors())
        .startsWith("Job sample could not be run: ")
        .contains("127.0.0.1", "--verbose")
        .doesNotContain("\tat ");
    assertThat(started.errors().lines()).hasSize(2);
    assertThat(started.thrown()).isNotNull().isNotInstanceOf(StartRefused.class);
  }

  @Test
  void showsTheStackTraceWithVerbose() throws InterruptedException {
    assertThat(start("--verbose").errors())
        .startsWith("Job sample could not be run: ")
        .contains("\tat org.apache.flink");
  }

  /** Starts a job in a thread of its own, as a JobManager does: there the process goes on. */
  private static Started start(String... args) throws InterruptedException {
    PrintStream before = System.err;
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
    try {
      Thread thread =
          new Thread(
              () -> {
                try {
                  JobLauncher.run("sample", NONE, args, (to, settings) -> build(to));
                } catch (Exception e) {
                  thrown.set(e);
                }
              });
      thread.start();
      thread.join();
    } finally {
      System.setErr(before);
    }
    return new Started(errors.toString(StandardCharsets.UTF_8), thrown.get());
  }

  /** A small job for a cluster at a port where nobody listens. */
  private static void build(StreamExecutionEnvironment environment) {
    Configuration nowhere = new Configuration();
    nowhere.set(DeploymentOptions.TARGET, "remote");
    nowhere.set(RestOptions.ADDRESS, "127.0.0.1");
    nowhere.set(RestOptions.PORT, 1);
    nowhere.set(RestOptions.RETRY_MAX_ATTEMPTS, 1);
    nowhere.set(RestOptions.RETRY_DELAY, Duration.ofMillis(10));
    environment.configure(nowhere, JobLauncherTest.class.getClassLoader());
    environment.fromData(1).uid("source").sinkTo(new DiscardingSink<>()).uid("sink");
  }
}
