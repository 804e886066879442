package io.foreshock.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.runtime.util.EnvironmentInformation;

/**
 * All results, as a table and as JSON.
 *
 * @param sizes null when they were not looked at
 */
record Report(
    List<Row> rows, StateSizes sizes, boolean quick, long checkpointMillis, double seconds) {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  boolean matchesEqual() {
    return rows.stream().allMatch(row -> row.matchesEqual() == null || row.matchesEqual());
  }

  private Map<String, Double> ratios() {
    return Ratios.of(rows);
  }

  void print(PrintWriter out) {
    out.printf(
        "%n%8s %8s %8s %8s %5s %8s | %9s %9s %9s %9s | %s %8s%n",
        "assets",
        "patterns",
        "relevant",
        "accepted",
        "open",
        "disorder",
        "stock/s",
        "ours/s",
        "pass/s",
        "Esper/s",
        "equal",
        "B/asset");
    for (Row row : rows) {
      BenchCase c = row.benchCase();
      out.printf(
          Locale.ROOT,
          "%8d %8d %7.0f%% %7.0f%% %5d %7ds | %9s %9s %9s %9s | %5s %8s%n",
          c.assets(),
          c.patterns(),
          100 * c.relevant(),
          100 * c.accepted(),
          c.openMatches(),
          c.disorderSeconds(),
          rate(row.stock()),
          rate(row.ours()),
          rate(row.passThrough()),
          rate(row.esper()),
          row.matchesEqual() == null ? "-" : row.matchesEqual() ? "yes" : "NO",
          rate(row.stateBytesPerAsset()));
    }
    out.println();
    Ratios.print(ratios(), out);
    if (sizes != null) {
      printSizes(out);
    }
    out.flush();
  }

  private void printSizes(PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "%nState: %.0f bytes per asset with one open match (canonical savepoint, key and timer included).%n",
        sizes.bytesPerOpenMatch());
    out.printf(Locale.ROOT, "Incremental checkpoints at %,d assets:", sizes.assets());
    for (StateSizes.Checkpoint checkpoint : sizes.checkpoints()) {
      out.printf(
          Locale.ROOT, " %,d changed %,d bytes;", checkpoint.changedAssets(), checkpoint.bytes());
    }
    out.println();
  }

  private static String rate(Double value) {
    return value == null ? "-" : String.format(Locale.ROOT, "%,.0f", value);
  }

  void write(Path file) throws IOException {
    ObjectNode root = MAPPER.createObjectNode();
    ArrayNode cases = root.putArray("cases");
    for (Row row : rows) {
      if (row.benchCase().accepted() == 1) {
        put(row, cases.addObject());
      }
    }
    ObjectNode ratios = root.putObject("ratios");
    ratios().forEach(ratios::put);
    details(root.putObject("details"));
    Path folder = file.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    Files.writeString(
        file, MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n");
  }

  private static void put(Row row, ObjectNode node) {
    BenchCase c = row.benchCase();
    node.put("assets", c.assets())
        .put("patterns", c.patterns())
        .put("relevant", c.relevant())
        .put("openMatches", c.openMatches())
        .put("disorderSeconds", c.disorderSeconds())
        .put("stockEventsPerSecond", rounded(row.stock()))
        .put("oursEventsPerSecond", rounded(row.ours()))
        .put("passThroughEventsPerSecond", rounded(row.passThrough()))
        .put("esperEventsPerSecond", rounded(row.esper()))
        .put("matchesEqual", row.matchesEqual())
        .put("stateBytesPerAsset", rounded(row.stateBytesPerAsset()));
  }

  /** What one must know to read the figures. */
  private void details(ObjectNode details) {
    details
        .put("quick", quick)
        .put("checkpointMillis", checkpointMillis)
        .put("seconds", rounded(seconds))
        .put("cores", Runtime.getRuntime().availableProcessors())
        .put("parallelism", Cluster.PARALLELISM)
        .put("java", Runtime.version().toString())
        .put("flink", EnvironmentInformation.getVersion());
    if (sizes != null) {
      sizes(details);
    }
    ArrayNode cpu = details.putArray("processorMicrosPerEvent");
    for (Row row : rows) {
      cpu.addObject()
          .put("case", row.benchCase().toString())
          .put("ours", thousandths(row.ofOurs().cpu()))
          .put("passThrough", thousandths(row.ofPassThrough().cpu()));
    }
    ArrayNode spread = details.putArray("greatestRateOverLeast");
    for (Row row : rows) {
      spread
          .addObject()
          .put("case", row.benchCase().toString())
          .put("ours", thousandths(row.ofOurs().spread()))
          .put("passThrough", thousandths(row.ofPassThrough().spread()));
    }
    ArrayNode named = details.putArray("casesWithFewAccepted");
    for (Row row : rows) {
      if (row.benchCase().accepted() < 1) {
        put(row, named.addObject().put("accepted", row.benchCase().accepted()));
      }
    }
    ArrayNode stock = details.putArray("stock");
    for (Row row : rows) {
      if (row.stock() != null) {
        stock
            .addObject()
            .put("case", row.benchCase().toString())
            .put("stockAssets", row.benchCase().forStock().assets())
            .put("matchesCompared", row.matchesCompared());
      }
    }
  }

  private void sizes(ObjectNode details) {
    details.put("stateBytesPerAssetWithOneOpenMatch", rounded(sizes.bytesPerOpenMatch()));
    ArrayNode checkpoints = details.putArray("checkpoints");
    for (StateSizes.Checkpoint checkpoint : sizes.checkpoints()) {
      checkpoints
          .addObject()
          .put("assets", sizes.assets())
          .put("changedAssets", checkpoint.changedAssets())
          .put("bytes", checkpoint.bytes());
    }
  }

  private static Double thousandths(Double value) {
    return value == null ? null : Math.round(1000 * value) / 1000.0;
  }

  private static Double rounded(Double value) {
    return value == null ? null : Math.round(10 * value) / 10.0;
  }
}
