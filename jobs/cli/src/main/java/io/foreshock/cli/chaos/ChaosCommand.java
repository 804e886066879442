package io.foreshock.cli.chaos;

import io.foreshock.chaos.ChaosException;
import io.foreshock.chaos.ChaosResult;
import io.foreshock.chaos.ChaosRun;
import io.foreshock.chaos.ChaosSettings;
import io.foreshock.chaos.FaultKind;
import io.foreshock.chaos.OfflineResult;
import io.foreshock.chaos.OfflineScenario;
import io.foreshock.chaos.OfflineSettings;
import io.foreshock.cli.CliFailure;
import io.foreshock.cli.Foreshock;
import io.foreshock.cli.JobJar;
import io.foreshock.cli.JsonFile;
import io.foreshock.cli.TemporaryFolder;
import io.foreshock.local.LocalClusterException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code foreshock chaos}: breaks a real installation and compares what came out. */
@Command(
    name = "chaos",
    description = {
      "Starts Kafka, ZooKeeper and Flink on this machine, lets simulated devices send through a job, kills and stops"
          + " processes at random and fills the disk of the checkpoints, and compares what a read_committed consumer"
          + " saw with what had to come out, record by record.",
      ""
    },
    footer = {
      "",
      "Exit code 0: nothing lost, nothing duplicated, no device's records out of order, nothing unexplained."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class ChaosCommand implements Callable<Integer>, Foreshock.Verbose {

  @Option(
      names = "--job",
      paramLabel = "JOB",
      split = ",",
      defaultValue = "ingest",
      description =
          "Job to test, ingest or precursors; for offline-device also both, with a comma. Default:"
              + " ${DEFAULT-VALUE}.")
  private List<String> jobs;

  @Option(
      names = "--scenario",
      paramLabel = "NAME",
      defaultValue = "faults",
      description =
          "faults: kills and other faults at random. offline-device: no faults; devices that were offline for three"
              + " days upload while 1,000 others are live, whose latency is compared with and without."
              + " Default: ${DEFAULT-VALUE}.")
  private Scenario scenario;

  @Option(
      names = "--minutes",
      paramLabel = "M",
      defaultValue = "10",
      description = "How long faults come; not for offline-device. Default: ${DEFAULT-VALUE}.")
  private double minutes;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "What devices do and which faults come. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--faults",
      paramLabel = "KIND",
      split = ",",
      description =
          "Only these, with commas: kill-task-manager, kill-job-manager, kill-broker, restart-broker,"
              + " stop-task-manager, stop-job-manager, stop-broker, full-disk. Default: all, kills most often.")
  private List<FaultKind> faults = new ArrayList<>();

  @Option(
      names = "--without-stores",
      description = "Leave out PostgreSQL and the Parquet files, which ingest writes beside Kafka.")
  private boolean withoutStores;

  @Option(
      names = "-D",
      paramLabel = "KEY=VALUE",
      description =
          "Option of the job, e.g. -D delivery=at-least-once, with which the suite must find repeats.")
  private List<String> options = new ArrayList<>();

  @Option(
      names = "--upload-rate",
      paramLabel = "N",
      defaultValue = "1000",
      description =
          "Messages per second that the connection of an offline device carries. Default: ${DEFAULT-VALUE}.")
  private double uploadRate;

  @Option(names = "--json", paramLabel = "FILE", description = "Write all figures.")
  private Path json;

  @Option(names = "--keep", description = "Leave data and logs where they are.")
  private boolean keep;

  @Option(names = "--verbose", description = "Say where in the program an error came from.")
  private boolean verbose;

  @Spec private CommandSpec spec;

  /** What is done to the installation. */
  enum Scenario {
    FAULTS,
    OFFLINE_DEVICE;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  @Override
  public boolean verbose() {
    return verbose;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (!(minutes > 0 && minutes <= 24 * 60)) {
      throw new ParameterException(
          spec.commandLine(),
          "--minutes must be above 0 and at most 1440, but is " + minutes + ".");
    }
    if (!(uploadRate >= 1)) {
      throw new ParameterException(
          spec.commandLine(), "--upload-rate must be at least 1, but is " + uploadRate + ".");
    }
    if (scenario == Scenario.FAULTS && jobs.size() != 1) {
      throw new ParameterException(
          spec.commandLine(), "--job takes one job with faults, but has " + jobs + ".");
    }
    PrintWriter out = spec.commandLine().getOut();
    try (TemporaryFolder folder = TemporaryFolder.create("foreshock-chaos-")) {
      if (keep) {
        folder.keep();
        say(out, "Data and logs stay in " + folder.path());
      }
      return scenario == Scenario.OFFLINE_DEVICE ? offlineDevice(folder, out) : faults(folder, out);
    } catch (ChaosException | LocalClusterException e) {
      throw CliFailure.failed(e.getMessage(), e);
    }
  }

  private int faults(TemporaryFolder folder, PrintWriter out) throws InterruptedException {
    Duration time = Duration.ofMillis((long) (minutes * 60_000));
    ChaosResult result =
        ChaosRun.of(
                jobs.get(0),
                JobJar.of(jobs.get(0)),
                ChaosSettings.of(seed, time, !withoutStores, options).with(faults))
            .run(folder.path(), sentence -> say(out, sentence));
    out.print(new ChaosText(result));
    out.flush();
    if (json != null) {
      JsonFile.write(json, result.toJson());
    }
    return result.isRight() ? 0 : 1;
  }

  private int offlineDevice(TemporaryFolder folder, PrintWriter out) throws InterruptedException {
    Map<String, Path> jars = new LinkedHashMap<>();
    jobs.forEach(job -> jars.put(job, JobJar.of(job)));
    OfflineResult result =
        new OfflineScenario(OfflineSettings.of(seed, uploadRate), jars)
            .run(folder.path(), sentence -> say(out, sentence));
    out.print(new OfflineText(result));
    out.flush();
    if (json != null) {
      JsonFile.write(json, result.toJson());
    }
    return result.isRight() && result.isUnharmed() ? 0 : 1;
  }

  private static void say(PrintWriter out, String sentence) {
    out.println(sentence);
    out.flush();
  }
}
