package io.foreshock.cli.drill;

import io.foreshock.chaos.ChaosException;
import io.foreshock.chaos.DrillResult;
import io.foreshock.chaos.DrillRun;
import io.foreshock.chaos.DrillSettings;
import io.foreshock.chaos.DrillStep;
import io.foreshock.chaos.truth.Comparison;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code foreshock drill}. */
@Command(
    name = "drill",
    description = {
      "Starts Kafka and Flink on this machine, lets simulated devices send, and restores the jobs as operations do:"
          + " savepoint, stop, upgrade of jar and patterns, rescale, kill -9 and the last checkpoint, roll back."
          + " Compares every record with what the devices sent and with a run that nothing interrupted.",
      ""
    },
    footer = {"", "Exit code 0: every step went well, nothing lost, nothing duplicated."},
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class DrillCommand implements Callable<Integer>, Foreshock.Verbose {
  @Spec private CommandSpec spec;

  @Option(
      names = "--brief",
      description = "The short form, about a minute and a half: precursors alone, little load.")
  private boolean brief;

  @Option(
      names = "--load",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description = "How long devices send between two steps. Default: ${DEFAULT-VALUE}.")
  private int load;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "What the devices do. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(names = "--json", paramLabel = "FILE", description = "Write all figures.")
  private Path json;

  @Option(names = "--keep", description = "Leave data and logs where they are.")
  private boolean keep;

  @Option(names = "--verbose", description = "Say where in the program an error came from.")
  private boolean verbose;

  @Override
  public boolean verbose() {
    return verbose;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (load < 1 || load > 3600) {
      throw CliFailure.wrongInput("--load must be 1 to 3600, but is " + load + ".");
    }
    DrillSettings settings =
        brief ? DrillSettings.brief(seed) : DrillSettings.full(seed, Duration.ofSeconds(load));
    Map<String, Path> jars = new LinkedHashMap<>();
    settings.jobs().forEach(job -> jars.put(job, JobJar.of(job)));
    PrintWriter out = spec.commandLine().getOut();
    try (TemporaryFolder folder = TemporaryFolder.create("foreshock-drill-")) {
      if (keep) {
        folder.keep();
        say(out, "Data and logs stay in " + folder.path());
      }
      DrillResult result =
          new DrillRun(settings, jars).run(folder.path(), sentence -> say(out, sentence));
      print(result, out);
      if (json != null) {
        JsonFile.write(json, result.toJson());
      }
      return result.isRight() ? 0 : 1;
    } catch (ChaosException | LocalClusterException e) {
      throw CliFailure.failed(e.getMessage(), e);
    }
  }

  private static void print(DrillResult result, PrintWriter out) {
    out.println();
    for (DrillStep step : result.steps()) {
      out.printf(
          Locale.ROOT,
          "%-6s %6.1f s  %s%s%s%n",
          step.ok() ? "ok" : "FAILED",
          step.seconds(),
          step.name(),
          Double.isNaN(step.silentSeconds())
              ? ""
              : String.format(Locale.ROOT, " (%.1f s without a record)", step.silentSeconds()),
          step.detail().isEmpty() ? "" : ": " + step.detail());
    }
    out.println();
    table("against what the devices sent", result.comparisons(), out);
    table("against a run without interruption", result.uninterrupted(), out);
    result.unreadable().stream().limit(5).forEach(out::println);
    out.println(result.isRight() ? "Nothing lost, nothing duplicated." : "The drill has FAILED.");
    out.flush();
  }

  private static void table(String title, List<Comparison> comparisons, PrintWriter out) {
    for (Comparison each : comparisons) {
      out.printf(
          Locale.ROOT,
          "%-36s %-12s %,8d expected %,8d found %d lost %d duplicated %d reordered %d unexpected%n",
          title,
          each.output(),
          each.expected(),
          each.found(),
          each.lost(),
          each.duplicated(),
          each.reordered(),
          each.unexpected());
      each.examples().forEach(example -> out.println("  " + example));
    }
  }

  private static void say(PrintWriter out, String sentence) {
    out.println(sentence);
    out.flush();
  }
}
