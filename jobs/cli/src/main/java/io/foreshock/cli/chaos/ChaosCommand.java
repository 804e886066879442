package io.foreshock.cli.chaos;

import io.foreshock.chaos.ChaosException;
import io.foreshock.chaos.ChaosResult;
import io.foreshock.chaos.ChaosRun;
import io.foreshock.chaos.ChaosSettings;
import io.foreshock.cli.CliFailure;
import io.foreshock.cli.Foreshock;
import io.foreshock.cli.JsonFile;
import io.foreshock.cli.TemporaryFolder;
import io.foreshock.local.LocalClusterException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
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
      defaultValue = "precursors",
      description = "Job to test. Default: ${DEFAULT-VALUE}.")
  private String job;

  @Option(
      names = "--minutes",
      paramLabel = "M",
      defaultValue = "10",
      description = "How long faults come. Default: ${DEFAULT-VALUE}.")
  private double minutes;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "What devices do and which faults come. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(names = "--json", paramLabel = "FILE", description = "Write all figures.")
  private Path json;

  @Option(names = "--keep", description = "Leave data and logs where they are.")
  private boolean keep;

  @Option(names = "--verbose", description = "Say where in the program an error came from.")
  private boolean verbose;

  @Spec private CommandSpec spec;

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
    PrintWriter out = spec.commandLine().getOut();
    try (TemporaryFolder folder = TemporaryFolder.create("foreshock-chaos-")) {
      if (keep) {
        folder.keep();
        say(out, "Data and logs stay in " + folder.path());
      }
      ChaosResult result =
          ChaosRun.of(
                  job,
                  JobJar.of(job),
                  ChaosSettings.of(seed, Duration.ofMillis((long) (minutes * 60_000))))
              .run(folder.path(), sentence -> say(out, sentence));
      out.print(new ChaosText(result));
      out.flush();
      if (json != null) {
        JsonFile.write(json, result.toJson());
      }
      return result.isRight() ? 0 : 1;
    } catch (ChaosException | LocalClusterException e) {
      throw CliFailure.failed(e.getMessage(), e);
    }
  }

  private static void say(PrintWriter out, String sentence) {
    out.println(sentence);
    out.flush();
  }
}
