package io.foreshock.bench.ingest;

import io.foreshock.bench.FlinkInProcess;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code foreshock bench ingest}: the job {@code ingest} beside a job that copies the same records,
 * in turn, on the same broker.
 */
@Command(name = "foreshock bench ingest")
final class IngestBenchmark implements Callable<Integer> {
  private static final int PARALLELISM = 2;

  @Option(names = "--json", paramLabel = "FILE")
  private Path json;

  @Option(names = "--quick")
  private boolean quick;

  @Option(names = "--checkpoint-millis", defaultValue = "1000")
  private long checkpointMillis;

  @Option(names = "--devices", defaultValue = "1000")
  private int devices;

  @Option(names = "--readings", defaultValue = "20")
  private int readings;

  /** A few messages, once, in place of a measurement: whether it works at all. */
  @Option(names = "--smoke", hidden = true)
  private boolean smoke;

  @Option(names = "--messages")
  private long messages;

  @Option(names = "--pairs")
  private int pairs;

  private final PrintWriter out = new PrintWriter(System.out, true);
  private final long started = System.nanoTime();

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new IngestBenchmark()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    if (messages == 0) {
      messages = smoke ? 2_000 : quick ? 300_000 : 1_000_000;
    }
    if (pairs == 0) {
      pairs = smoke ? 1 : quick ? 2 : 5;
    }
    long span = (messages / devices + 60) * BenchTelemetry.PERIOD_MILLIS;
    BenchTelemetry telemetry =
        new BenchTelemetry(devices, readings, System.currentTimeMillis() - span);
    Path folder = Files.createTempDirectory("foreshock-bench-");
    try (BenchBroker broker = new BenchBroker(folder.resolve("kafka"));
        FlinkInProcess flink = new FlinkInProcess(folder.resolve("flink"), PARALLELISM)) {
      say("Writing %,d messages of %d readings, %,d devices", messages, readings, devices);
      broker.fill(telemetry, messages);
      IngestReport report =
          measure(new JobRun(flink, broker, Duration.ofMillis(checkpointMillis)), telemetry);
      report.print(out);
      if (json != null) {
        report.write(json);
      }
      return report.outputsEqual() ? 0 : 1;
    } finally {
      FlinkInProcess.delete(folder);
    }
  }

  private IngestReport measure(JobRun jobs, BenchTelemetry telemetry) throws Exception {
    List<RunFigures> copies = new ArrayList<>();
    List<RunFigures> ingests = new ArrayList<>();
    for (int pair = smoke ? 1 : 0; pair <= pairs; pair++) {
      RunFigures copy = jobs.run(JobRun.Job.COPY, messages);
      RunFigures ingest = jobs.run(JobRun.Job.INGEST, messages);
      say(
          "[%d/%d] copy %,.0f/s, ingest %,.0f/s%s",
          pair,
          pairs,
          copy.output().perSecond(),
          ingest.output().perSecond(),
          pair == 0 ? " (warm-up)" : "");
      if (pair > 0) {
        copies.add(copy);
        ingests.add(ingest);
      }
    }
    return new IngestReport(
        copies,
        ingests,
        telemetry,
        messages,
        telemetry.message(messages / 2).length,
        checkpointMillis,
        quick);
  }

  private void say(String format, Object... values) {
    double seconds = (System.nanoTime() - started) / 1e9;
    out.printf(Locale.ROOT, "%6.1f s  %s%n", seconds, String.format(Locale.ROOT, format, values));
  }
}
