package io.foreshock.cli.k8s;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foreshock.cli.CliFailure;
import io.foreshock.cli.Foreshock;
import io.foreshock.cli.JsonFile;
import io.foreshock.manifests.JobJars;
import io.foreshock.manifests.Kustomize;
import io.foreshock.manifests.ManifestException;
import io.foreshock.manifests.OperatorLibrary;
import io.foreshock.manifests.Overlay;
import io.foreshock.manifests.OverlayCheck;
import io.foreshock.manifests.Problem;
import io.foreshock.manifests.StrictSchemas;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code foreshock k8s check}: what a cluster would refuse, or accept and regret. */
@Command(
    name = "check",
    description = {
      "Checks overlays without a cluster: renders them with kustomize, follows their references, compares every field with the"
          + " schemas of Kubernetes and of the operator, every option with those that Flink, the operator and the job know,"
          + " computes the memory of the processes, and asks the operator's own validator.",
      ""
    },
    footer = {"", "Exit code 0: no problem; 2: problems, each with file, field and remedy."},
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class CheckManifests implements Callable<Integer>, Foreshock.Verbose {
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "OVERLAY",
      description = "Folders with a kustomization.yaml. Default: all overlays of this project.")
  private List<Path> overlays;

  @Option(
      names = "--jars",
      paramLabel = "DIR",
      description = "Job jars as the image holds them. Default: those of the build.")
  private Path jars;

  @Option(
      names = "--crds",
      paramLabel = "DIR",
      description =
          "Definitions of the operator that will run (kubectl get crd … -o yaml). Default: bundled ones.")
  private Path definitions;

  @Option(names = "--json", paramLabel = "FILE", description = "Write all problems.")
  private Path json;

  @Option(names = "--verbose", description = "Say where in the program an error came from.")
  private boolean verbose;

  @Override
  public boolean verbose() {
    return verbose;
  }

  @Override
  public Integer call() {
    Path root = Path.of(System.getProperty("foreshock.home", "."));
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    ObjectNode report = new ObjectMapper().createObjectNode();
    int wrong = 0;
    try {
      Kustomize kustomize =
          Kustomize.findOrInstall(root.resolve("k8s/target/kustomize"), err::println);
      OperatorLibrary library = OperatorLibrary.locate(root);
      StrictSchemas schemas =
          definitions == null
              ? StrictSchemas.bundled(library)
              : StrictSchemas.of(definitions, library);
      JobJars jobs = jars == null ? JobJars.ofBuild(root) : JobJars.inFolder(jars);
      try (OverlayCheck check = new OverlayCheck(jobs, schemas, library)) {
        for (Path folder : overlays == null ? ofProject(root) : overlays) {
          Overlay overlay = Overlay.render(kustomize, folder);
          List<Problem> problems = check.problems(overlay);
          wrong += problems.size();
          say(overlay, problems, out, err);
          add(report.withArrayProperty("overlays"), overlay, problems);
        }
      }
      report.put("schemas", schemas.origin()).put("problems", wrong);
    } catch (ManifestException e) {
      throw CliFailure.wrongInput(e.getMessage(), e);
    }
    if (json != null) {
      JsonFile.write(json, report);
    }
    if (wrong > 0) {
      err.println(wrong + (wrong == 1 ? " problem." : " problems."));
      err.flush();
    }
    return wrong == 0 ? 0 : 2;
  }

  private static void say(
      Overlay overlay, List<Problem> problems, PrintWriter out, PrintWriter err) {
    problems.forEach(err::println);
    err.flush();
    if (problems.isEmpty()) {
      out.println(overlay.folder() + ": " + overlay.resources().size() + " resources, no problem");
      List<String> needs = OverlayCheck.needs(overlay);
      if (!needs.isEmpty()) {
        out.println("  must be in the cluster before: " + String.join(", ", needs));
      }
      out.flush();
    }
  }

  private static void add(ArrayNode overlays, Overlay overlay, List<Problem> problems) {
    ObjectNode entry = overlays.addObject().put("overlay", overlay.folder().toString());
    entry.put("resources", overlay.resources().size());
    ArrayNode list = entry.putArray("problems");
    for (Problem problem : problems) {
      list.addObject()
          .put("rung", problem.rung())
          .put("place", problem.place())
          .put("resource", problem.resource())
          .put("field", problem.field())
          .put("rule", problem.rule())
          .put("remedy", problem.remedy());
    }
  }

  private static List<Path> ofProject(Path root) {
    Path here = Path.of("").toAbsolutePath();
    Path folder = root.toAbsolutePath().normalize().resolve("k8s/overlays");
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(Files::isDirectory)
          .sorted()
          .map(file -> file.startsWith(here) ? here.relativize(file) : file)
          .toList();
    } catch (IOException e) {
      throw CliFailure.wrongInput("There are no overlays in " + folder + ". Name one.");
    }
  }
}
