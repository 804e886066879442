package io.foreshock.cli.features;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foreshock.cli.CliFailure;
import io.foreshock.cli.Foreshock;
import io.foreshock.cli.JsonFile;
import io.foreshock.cli.TemporaryFolder;
import io.foreshock.cli.features.history.Arrival;
import io.foreshock.cli.features.history.History;
import io.foreshock.cli.features.parity.FeatureRuns;
import io.foreshock.cli.features.parity.RowTable;
import io.foreshock.cli.features.parity.RowTable.Comparison;
import io.foreshock.model.ChannelRegistry;
import io.foreshock.model.RawRecord;
import io.foreshock.operators.features.definition.FeatureCatalogue;
import io.foreshock.operators.features.definition.FeatureSet;
import io.foreshock.patterns.catalogue.ChannelCatalogue;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code foreshock features parity}. */
@Command(
    name = "parity",
    description = {
      "Computes rows twice and compares them bit by bit: as they are served (ingest and features on messages with"
          + " disorder, losses of order and repeats; with one task, with four, and with a restart from a savepoint in"
          + " between) and of history in batch mode.",
      ""
    },
    footer = {"", "Exit code 0: every row is the same, 1: some are not."},
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class FeatureParity implements Callable<Integer>, Foreshock.Verbose {
  /** Less than the corrections of every set that is compared. */
  private static final Duration LATENESS = Duration.ofHours(2);

  private static final String FLEET = "fleet";

  @Spec private CommandSpec spec;

  @Option(names = "--json", paramLabel = "FILE", description = "Write all figures.")
  private Path json;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Folder of public recordings (azure-pdm, carobd, envirocar, goal-gps); without it, or where one is"
              + " missing, that is said and left out.")
  private Path data;

  @Option(
      names = "--only",
      paramLabel = "NAME",
      split = ",",
      description = "Compare only these: fleet, azure-pdm, carobd, envirocar, goal-gps.")
  private List<String> only = List.of();

  @Option(
      names = "--assets",
      paramLabel = "N",
      defaultValue = "50",
      description = "Machines of the simulated fleet. Default: ${DEFAULT-VALUE}.")
  private int assets;

  @Option(
      names = "--hours",
      paramLabel = "H",
      defaultValue = "72",
      description = "Simulated hours of the fleet. Default: ${DEFAULT-VALUE}.")
  private int hours;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "2026",
      description = "Of fleet and disorder. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(names = "--verbose", description = "Say where in the program an error came from.")
  private boolean verbose;

  private final ObjectNode report = JsonNodeFactory.instance.objectNode();

  @Override
  public boolean verbose() {
    return verbose;
  }

  @Override
  public Integer call() throws IOException {
    try (TemporaryFolder folder = TemporaryFolder.create("foreshock-parity-")) {
      return compareAll(folder.path());
    }
  }

  private int compareAll(Path folder) {
    PrintWriter out = spec.commandLine().getOut();
    ObjectNode parts = JsonNodeFactory.instance.objectNode();
    Comparison total = new Comparison(0, 0, 0, 0, "");
    for (Map.Entry<String, Supplier<Arrival>> part : parts(out).entrySet()) {
      out.printf(Locale.ROOT, "%s: reading%n", part.getKey());
      out.flush();
      Comparison compared =
          compare(
              part.getKey(), part.getValue().get(), parts.putObject(part.getKey()), folder, out);
      total = total.plus(compared);
    }
    report.put("rows", total.rows());
    report.put("equal", total.equal());
    report.put("worstDifference", total.worstDifference());
    report.put("seed", seed);
    report.set("data", parts);
    if (json != null) {
      JsonFile.write(json, report);
    }
    out.printf(
        Locale.ROOT,
        "%,d rows compared, %,d equal, worst difference %s%n",
        total.rows(),
        total.equal(),
        total.worstDifference());
    if (!total.first().isEmpty()) {
      out.println("First difference: " + total.first());
    }
    out.flush();
    if (total.rows() == 0) {
      throw CliFailure.wrongInput("There was nothing to compare. Check --data and --only.");
    }
    return total.equal() == total.rows() ? 0 : 1;
  }

  private Map<String, Supplier<Arrival>> parts(PrintWriter out) {
    Map<String, Supplier<Arrival>> parts = new LinkedHashMap<>();
    if (wanted(FLEET)) {
      parts.put(FLEET, () -> Arrival.ofFleet(seed, assets, Duration.ofHours(hours)));
    }
    for (History.Format format : History.Format.values()) {
      if (!wanted(format.toString())) {
        continue;
      }
      Path folder = folder(format);
      if (Files.isDirectory(folder)) {
        parts.put(
            format.toString(), () -> Arrival.of(History.read(format, folder), seed, LATENESS));
      } else {
        out.printf("%s: left out, there is no folder %s (--data)%n", format, folder);
      }
    }
    return parts;
  }

  private boolean wanted(String name) {
    return only.isEmpty() || only.contains(name);
  }

  /** By default beside the project, where its tests look for it too. */
  private Path folder(History.Format format) {
    Path all =
        data != null
            ? data
            : Path.of(System.getProperty("foreshock.home", ".")).resolve("../shared/data");
    return all.resolve(format.toString()).normalize();
  }

  /** Values of the fleet that are not absent: what would be equal because it is absent is not. */
  private static long compared(RowTable history, List<FeatureSet> sets) {
    return sets.stream()
        .filter(FeatureSet::isOfFleet)
        .flatMap(set -> history.rows(set.name()).stream())
        .filter(row -> !Double.isNaN(row.values()[1]))
        .count();
  }

  private static Comparison compare(
      String name, Arrival arrival, ObjectNode node, Path folder, PrintWriter out) {
    ChannelRegistry channels = ChannelCatalogue.load();
    List<FeatureSet> sets = new ArrayList<>(FeatureCatalogue.load(channels).orThrow());
    sets.addAll(FeatureCatalogue.azurePdm(channels).orThrow());
    FeatureRuns runs = new FeatureRuns(sets, channels, arrival.history().models(), folder);
    RowTable history = runs.batch(arrival.history().inOrder(), 2);
    out.printf(
        Locale.ROOT,
        "%s: %,d rows of %,d messages in batch mode%n",
        name,
        history.size(),
        arrival.history().messages().size());
    out.flush();
    node.put("messages", arrival.history().messages().size());
    node.put("arrived", arrival.records().size());
    node.put("batchRows", history.size());
    node.put("compared", compared(history, sets));
    List<RawRecord> clean = runs.ingested(arrival.records(), 2);
    Map<String, Supplier<RowTable>> served = new LinkedHashMap<>();
    served.put("parallelism1", () -> runs.served(clean, 1));
    served.put("parallelism4", () -> runs.served(clean, 4));
    served.put("savepoint1To4", () -> runs.interrupted(clean, 0.5, 1, 4));
    Comparison total = new Comparison(0, 0, 0, 0, "");
    for (Map.Entry<String, Supplier<RowTable>> one : served.entrySet()) {
      RowTable table = one.getValue().get();
      Comparison compared = table.compare(history);
      total = total.plus(compared);
      out.printf(
          Locale.ROOT,
          "%s: %s: %,d of %,d rows equal (%,d given, revisions included)%n",
          name,
          one.getKey(),
          compared.equal(),
          compared.rows(),
          table.given());
      out.flush();
      ObjectNode run = node.putObject(one.getKey());
      run.put("rows", compared.rows());
      run.put("equal", compared.equal());
      run.put("missing", compared.missing());
      run.put("given", table.given());
      run.put("worstDifference", compared.worstDifference());
    }
    return total;
  }
}
