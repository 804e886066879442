package io.foreshock.cli.state;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foreshock.cli.CliFailure;
import io.foreshock.cli.Foreshock;
import io.foreshock.cli.JsonFile;
import io.foreshock.cli.TemporaryFolder;
import io.foreshock.precursors.PrecursorsJob;
import io.foreshock.precursors.PrecursorsPipeline;
import io.foreshock.runtime.config.CommandLine;
import io.foreshock.savepoint.Finding;
import io.foreshock.savepoint.Snapshot;
import io.foreshock.savepoint.SnapshotContents;
import io.foreshock.savepoint.SnapshotException;
import io.foreshock.savepoint.StateCheck;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code foreshock state check}. */
@Command(
    name = "check",
    description = {
      "Says before a restore what a build of a job would make of a savepoint or retained checkpoint: what maps, what"
          + " would be dropped, which serializers, formats or patterns do not fit, which files are missing.",
      ""
    },
    footer = {
      "",
      "Exit code 0: everything is restored. 1: Flink would refuse the restore, or something would be lost."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class CheckState implements Callable<Integer>, Foreshock.Verbose {
  @Spec private CommandSpec spec;
  @Mixin private SnapshotArguments arguments;

  @Parameters(paramLabel = "SNAPSHOT", description = SnapshotArguments.SNAPSHOT)
  private String where;

  @Option(
      names = "--job",
      paramLabel = "JOB",
      required = true,
      description =
          "Job that is to restore it: its name, for the jar that is built here, or a jar.")
  private String job;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Options that the job will have; without, every operator that it can have counts, and patterns are not"
              + " compared. May be repeated.")
  private List<Path> config = new ArrayList<>();

  @Option(names = "-D", paramLabel = "KEY=VALUE", description = "An option that the job will have.")
  private List<String> options = new ArrayList<>();

  @Option(names = "--quick", description = "Leave the contents of the states unread.")
  private boolean quick;

  @Override
  public boolean verbose() {
    return arguments.verbose();
  }

  @Override
  public Integer call() throws IOException {
    JobClasses classes = arguments.classes();
    JobClasses.Build build = classes.build(job);
    Snapshot snapshot = SnapshotArguments.open(where, classes.loader());
    CommandLine given = given();
    boolean configured = !config.isEmpty() || !options.isEmpty();
    try (TemporaryFolder temporary = TemporaryFolder.create("foreshock-state-")) {
      SnapshotContents contents = new SnapshotContents(classes.loader(), temporary.path());
      List<Finding> findings =
          new ArrayList<>(
              new StateCheck(
                      snapshot,
                      build.contract(),
                      configured ? values(given) : null,
                      build.classes())
                  .run(quick ? null : contents));
      if (build.contract().job().equals(PrecursorsJob.NAME) && configured && !quick) {
        findings.addAll(patterns(snapshot, contents, given));
      }
      return report(snapshot, build, findings);
    } catch (SnapshotException e) {
      throw CliFailure.failed(e.getMessage(), e);
    }
  }

  /** What cannot be read says nothing about patterns; the other findings stand. */
  private static List<Finding> patterns(
      Snapshot snapshot, SnapshotContents contents, CommandLine given) {
    try {
      return PatternFindings.of(snapshot, contents, given);
    } catch (SnapshotException e) {
      return List.of(
          new Finding(
              Finding.Level.NOTE,
              PrecursorsPipeline.MATCH,
              "patterns",
              "are not compared: " + e.getMessage(),
              ""));
    }
  }

  private CommandLine given() {
    List<String> all = new ArrayList<>();
    config.forEach(file -> all.addAll(List.of("--config", file.toString())));
    options.forEach(option -> all.addAll(List.of("-D", option)));
    CommandLine given = CommandLine.parse(all.toArray(String[]::new));
    if (!given.problems().isEmpty()) {
      throw CliFailure.wrongInput(String.join("\n", given.problems()));
    }
    return given;
  }

  private static Map<String, String> values(CommandLine given) {
    List<String> problems = new ArrayList<>();
    Map<String, String> values = given.given(problems);
    if (!problems.isEmpty()) {
      throw CliFailure.wrongInput(String.join("\n", problems));
    }
    return values;
  }

  private int report(Snapshot snapshot, JobClasses.Build build, List<Finding> findings) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        snapshot.location()
            + " (checkpoint "
            + snapshot.checkpointId()
            + ") into "
            + build.contract().job());
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("snapshot", snapshot.location()).put("job", build.contract().job());
    ArrayNode all = json.putArray("findings");
    Finding.Level worst = Finding.Level.FITS;
    for (Finding.Level level : Finding.Level.values()) {
      for (Finding finding : findings) {
        if (finding.level() == level) {
          out.println("  " + word(level) + finding);
          add(finding, all);
          worst = level;
        }
      }
    }
    out.println(verdict(worst, findings.stream().anyMatch(PatternFindings::givesUp)));
    out.flush();
    json.put("verdict", worst.toString().toLowerCase(Locale.ROOT));
    if (arguments.json() != null) {
      JsonFile.write(arguments.json(), json);
    }
    return worst.compareTo(Finding.Level.NOTE) > 0 ? 1 : 0;
  }

  private static void add(Finding finding, ArrayNode to) {
    to.addObject()
        .put("level", finding.level().toString().toLowerCase(Locale.ROOT))
        .put("uid", finding.uid())
        .put("subject", finding.subject())
        .put("reason", finding.reason())
        .put("remedy", finding.remedy());
  }

  private static String word(Finding.Level level) {
    return switch (level) {
      case FITS -> "ok       ";
      case NOTE -> "note     ";
      case LOST -> "LOST     ";
      case REFUSED -> "REFUSED  ";
    };
  }

  private static String verdict(Finding.Level worst, boolean givesUp) {
    return switch (worst) {
      case FITS, NOTE ->
          givesUp
              ? "It restores, and nothing is lost except open matches given up as declared."
              : "It restores, and nothing is lost.";
      case LOST -> "It restores, but not everything: see LOST.";
      case REFUSED -> "It does not restore: see REFUSED.";
    };
  }
}
