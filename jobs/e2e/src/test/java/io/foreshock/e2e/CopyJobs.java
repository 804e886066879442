package io.foreshock.e2e;

import io.foreshock.local.Await;
import io.foreshock.model.RawRecord;
import io.foreshock.runtime.JobEnvironment;
import io.foreshock.runtime.config.CommandLine;
import io.foreshock.runtime.config.Option;
import io.foreshock.runtime.config.Options;
import io.foreshock.runtime.config.Settings;
import io.foreshock.runtime.kafka.KafkaConfig;
import io.foreshock.runtime.kafka.KafkaOptions;
import io.foreshock.runtime.kafka.RawTelemetrySource;
import io.foreshock.runtime.kafka.RecordForm;
import io.foreshock.runtime.kafka.TenantSinks;
import io.foreshock.runtime.kafka.TenantTopic;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.executiongraph.AccessExecutionVertex;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Jobs that do nothing but copy raw telemetry to detections, with the sources and sinks of every
 * job; checkpoints only when asked for. They run in this process, so that the moment between a
 * checkpoint and its commit can be held open.
 */
final class CopyJobs implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final String servers;
  private final Path folder;
  private final int metricsPort;
  private final MiniCluster cluster;

  CopyJobs(String servers, Path folder, int metricsPort) throws Exception {
    this.servers = servers;
    this.folder = folder;
    this.metricsPort = metricsPort;
    Configuration flink = new Configuration();
    flink.setString("rest.port", "0");
    flink.setString("restart-strategy.type", "fixed-delay");
    flink.setString("restart-strategy.fixed-delay.attempts", "20");
    flink.setString("restart-strategy.fixed-delay.delay", "100 ms");
    flink.setString(
        "metrics.reporter.prom.factory.class",
        "org.apache.flink.metrics.prometheus.PrometheusReporterFactory");
    flink.setString("metrics.reporter.prom.port", String.valueOf(metricsPort));
    cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(flink)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(4)
                .build());
    cluster.start();
  }

  /** Starts a job and returns when its task runs; it writes {@code <scope> <value>}. */
  JobID start(String scope, String tenants) throws Exception {
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(new Configuration());
    JobEnvironment.demand(environment);
    Configuration flink = new Configuration();
    flink.setString("execution.checkpointing.interval", "1 h");
    flink.setString(
        "execution.checkpointing.dir", folder.resolve("checkpoints").toUri().toString());
    environment.configure(flink);
    environment.setParallelism(1);
    KafkaConfig config = config(scope, tenants);
    RawTelemetrySource.read(environment, config, "copy", Set.of(TenantTopic.DETECTIONS))
        .sinkTo(
            TenantSinks.to(TenantTopic.DETECTIONS, config, "copy", "detections", new Marked(scope)))
        .uid("write-detections")
        .name("write-detections");
    JobID job = cluster.submitJob(environment.getStreamGraph()).get().getJobID();
    awaitRunning(job, 0);
    return job;
  }

  /** Waits until every task runs, in an attempt from this one on. */
  void awaitRunning(JobID job, int attempt) {
    Await.until(
        "job " + job,
        LIMIT,
        () ->
            !tasks(job).isEmpty()
                && tasks(job).stream()
                    .allMatch(
                        task ->
                            task.getExecutionState() == ExecutionState.RUNNING
                                && task.getCurrentExecutionAttempt().getAttemptNumber()
                                    >= attempt));
  }

  int attempt(JobID job) throws Exception {
    return tasks(job).stream()
        .mapToInt(task -> task.getCurrentExecutionAttempt().getAttemptNumber())
        .max()
        .orElse(0);
  }

  /** Takes a savepoint; what it holds as written is not committed yet. */
  void prepareCommit(JobID job) throws Exception {
    String target = folder.resolve("savepoints").toUri().toString();
    cluster.triggerSavepoint(job, target, false, SavepointFormatType.CANONICAL).get();
  }

  /** Completes a checkpoint, which commits everything before it. */
  void commit(JobID job) throws Exception {
    cluster.triggerCheckpoint(job).get();
  }

  void cancel(JobID job) throws Exception {
    cluster.cancelJob(job).get();
    Await.until(
        "the end of " + job, LIMIT, () -> cluster.getJobStatus(job).get().isTerminalState());
  }

  /** Messages of all failures of a job. */
  List<String> failures(JobID job) throws Exception {
    AccessExecutionGraph graph = cluster.getExecutionGraph(job).get();
    List<String> failures = new ArrayList<>();
    if (graph.getFailureInfo() != null) {
      failures.add(graph.getFailureInfo().getExceptionAsString());
    }
    return failures;
  }

  /** Lines of the page that Prometheus reads. */
  List<String> metrics(String name) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + metricsPort + "/metrics")).build();
    return HttpClient.newHttpClient()
        .send(request, HttpResponse.BodyHandlers.ofString())
        .body()
        .lines()
        .filter(line -> line.startsWith(name + "{"))
        .toList();
  }

  @Override
  public void close() throws Exception {
    cluster.close();
  }

  private List<AccessExecutionVertex> tasks(JobID job) throws Exception {
    return StreamSupport.stream(
            cluster.getExecutionGraph(job).get().getAllExecutionVertices().spliterator(), false)
        .<AccessExecutionVertex>map(task -> task)
        .toList();
  }

  private KafkaConfig config(String scope, String tenants) {
    List<Option<?>> all = new ArrayList<>(KafkaOptions.OF_SOURCES);
    all.addAll(KafkaOptions.OF_SINKS);
    return KafkaConfig.from(
        Settings.read(
            new Options(all),
            CommandLine.parse(
                "-Dkafka.bootstrap-servers=" + servers,
                "-Dinstallation=e2e",
                "-Dscope=" + scope,
                "-Dtenants=" + tenants,
                "-Dkafka.transaction-timeout=10 s")));
  }

  /** Writes what was read, with the name of the job in front. */
  private record Marked(String scope) implements RecordForm<RawRecord> {
    private static final long serialVersionUID = 1L;

    @Override
    public String tenant(RawRecord record) {
      return record.tenant();
    }

    @Override
    public byte[] key(RawRecord record) {
      return record.key();
    }

    @Override
    public byte[] value(RawRecord record) {
      String value = new String(record.value(), StandardCharsets.UTF_8);
      return (scope + " " + value).getBytes(StandardCharsets.UTF_8);
    }
  }
}
