package io.foreshock.cli.state;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foreshock.cli.CliFailure;
import io.foreshock.cli.Foreshock;
import io.foreshock.cli.JsonFile;
import io.foreshock.cli.TemporaryFolder;
import io.foreshock.savepoint.SnapshotContents;
import io.foreshock.savepoint.SnapshotDiff;
import io.foreshock.savepoint.SnapshotException;
import io.foreshock.savepoint.SnapshotReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code foreshock state diff}. */
@Command(
    name = "diff",
    description = {
      "Says how two savepoints or retained checkpoints differ: operators, states, serializers, parallelism, and how"
          + " much there is.",
      ""
    },
    footer = {"", "Exit code 1 when more than amounts differ."},
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class DiffStates implements Callable<Integer>, Foreshock.Verbose {
  @Spec private CommandSpec spec;
  @Mixin private SnapshotArguments arguments;

  @Parameters(index = "0", paramLabel = "FIRST", description = SnapshotArguments.SNAPSHOT)
  private String first;

  @Parameters(index = "1", paramLabel = "SECOND", description = "The same.")
  private String second;

  @Override
  public boolean verbose() {
    return arguments.verbose();
  }

  @Override
  public Integer call() throws IOException {
    JobClasses classes = arguments.classes();
    try (TemporaryFolder temporary = TemporaryFolder.create("foreshock-state-")) {
      SnapshotContents contents = new SnapshotContents(classes.loader(), temporary.path());
      List<SnapshotDiff.Difference> differences =
          SnapshotDiff.of(report(first, classes, contents), report(second, classes, contents));
      print(differences);
      return differences.stream().anyMatch(SnapshotDiff.Difference::form) ? 1 : 0;
    } catch (SnapshotException e) {
      throw CliFailure.failed(e.getMessage(), e);
    }
  }

  private static SnapshotReport report(
      String where, JobClasses classes, SnapshotContents contents) {
    return SnapshotReport.of(
        SnapshotArguments.open(where, classes.loader()), classes.contracts(), contents);
  }

  private void print(List<SnapshotDiff.Difference> differences) {
    PrintWriter out = spec.commandLine().getOut();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode all = json.putArray("differences");
    String uid = "";
    for (SnapshotDiff.Difference difference : differences) {
      if (!difference.uid().equals(uid)) {
        uid = difference.uid();
        out.println(uid);
      }
      out.println("  " + difference.text());
      all.addObject().put("uid", uid).put("form", difference.form()).put("text", difference.text());
    }
    if (differences.isEmpty()) {
      out.println("No difference.");
    }
    out.flush();
    if (arguments.json() != null) {
      JsonFile.write(arguments.json(), json);
    }
  }
}
