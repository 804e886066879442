package io.foreshock.bench.ingest;

import com.sun.management.OperatingSystemMXBean;
import io.foreshock.bench.FlinkInProcess;
import io.foreshock.ingest.IngestGraph;
import io.foreshock.runtime.config.CommandLine;
import io.foreshock.runtime.config.Settings;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Runs one of the two jobs over the whole input. */
final class JobRun {
  private static final Duration AT_MOST = Duration.ofMinutes(10);

  private final FlinkInProcess flink;
  private final BenchBroker broker;
  private final Duration checkpointInterval;
  private int number;

  JobRun(FlinkInProcess flink, BenchBroker broker, Duration checkpointInterval) {
    this.flink = flink;
    this.broker = broker;
    this.checkpointInterval = checkpointInterval;
  }

  /** The jobs that are compared. */
  enum Job {
    COPY(BenchBroker.COPY_TENANT + ".telemetry"),
    INGEST(BenchBroker.TENANT + ".telemetry");

    private final String topic;

    Job(String topic) {
      this.topic = topic;
    }
  }

  RunFigures run(Job job, long messages) throws Exception {
    number++;
    Configuration all = flink.settings();
    all.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, checkpointInterval);
    all.setString("pipeline.auto-generate-uids", "false");
    StreamExecutionEnvironment environment = new StreamExecutionEnvironment(all);
    // Each run is an installation of its own: no transaction and no offset of another one.
    Settings settings = settings(BenchBroker.TENANT);
    if (job == Job.COPY) {
      CopyJob.connect(environment, settings, settings(BenchBroker.COPY_TENANT));
    } else {
      IngestGraph.connect(environment, settings);
    }
    AtomicReference<Throwable> failure = new AtomicReference<>();
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long jobCpu = system.getProcessCpuTime();
    Duration brokerCpu = broker.cpu();
    JobID id = flink.submit(environment, failure::set);
    double jobCpuMicros;
    double brokerCpuMicros;
    long state = 0;
    try {
      broker.awaitAll(group(job), AT_MOST);
      jobCpuMicros = (system.getProcessCpuTime() - jobCpu) / 1e3 / messages;
      brokerCpuMicros = broker.cpu().minus(brokerCpu).toNanos() / 1e3 / messages;
      if (job == Job.INGEST) {
        state = flink.savepointBytes(id);
      }
    } catch (Exception e) {
      Throwable cause = failure.get();
      throw cause == null ? e : new IllegalStateException("The job failed", cause);
    } finally {
      flink.cancel(id);
    }
    RunOutput output = RunOutput.read(broker.servers(), job.topic);
    broker.clear(job.topic);
    return new RunFigures(output, jobCpuMicros, brokerCpuMicros, state);
  }

  private String group(Job job) {
    return installation() + ".run." + (job == Job.COPY ? CopyJob.NAME : IngestGraph.NAME);
  }

  private String installation() {
    return "bench-" + number;
  }

  private Settings settings(String tenant) {
    return Settings.read(
        IngestGraph.OPTIONS,
        CommandLine.parse(
            "-Dkafka.bootstrap-servers=" + broker.servers(),
            "-Dinstallation=" + installation(),
            "-Dscope=run",
            // A tick is a record more; nobody is silent here.
            "-Dticks.interval=0 s",
            "-Dtenants=" + tenant));
  }
}
