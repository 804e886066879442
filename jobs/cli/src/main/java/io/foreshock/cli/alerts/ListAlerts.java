package io.foreshock.cli.alerts;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foreshock.cli.Foreshock;
import io.foreshock.cli.JsonFile;
import io.foreshock.model.Alert;
import io.foreshock.model.Detection.Severity;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code foreshock alerts list}. */
@Command(
    name = "list",
    description = {"Prints the open alerts of a tenant, the severest first.", ""},
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ListAlerts implements Callable<Integer>, Foreshock.Verbose {
  @Mixin private TenantAlerts alerts;

  @Option(names = "--all", description = "Also those that are closed.")
  private boolean all;

  @Option(
      names = "--state",
      split = ",",
      paramLabel = "STATE",
      description = "Only in these states: ${COMPLETION-CANDIDATES}.")
  private List<Alert.State> states = List.of();

  @Option(
      names = "--severity",
      split = ",",
      paramLabel = "SEVERITY",
      description = "Only of these severities: ${COMPLETION-CANDIDATES}.")
  private List<Severity> severities = List.of();

  @Option(names = "--asset", paramLabel = "ID", description = "Only of these assets.")
  private List<String> assets = List.of();

  @Option(names = "--site", paramLabel = "SITE", description = "Only of this site.")
  private String site;

  @Option(names = "--component", paramLabel = "NAME", description = "Only of this component.")
  private String component;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "100",
      description = "Print at most so many. Default: ${DEFAULT-VALUE}.")
  private int limit;

  @Option(names = "--json", paramLabel = "FILE", description = "Also write all of them here.")
  private Path json;

  @Option(names = "--verbose", description = "Say where in the program an error came from.")
  private boolean verbose;

  @Spec private CommandSpec spec;

  @Override
  public boolean verbose() {
    return verbose;
  }

  @Override
  public Integer call() {
    List<Alert> wanted =
        alerts.read().values().stream()
            .filter(this::isWanted)
            .sorted(
                Comparator.comparing(Alert::severity)
                    .thenComparingLong(Alert::firstSeenMillis)
                    .reversed())
            .toList();
    print(wanted, spec.commandLine().getOut());
    if (json != null) {
      ObjectNode document = JsonNodeFactory.instance.objectNode().put("tenant", alerts.tenant());
      document.put("alerts", wanted.size()).put("unreadable", alerts.unreadable());
      ArrayNode listed = document.putArray("list");
      wanted.forEach(alert -> listed.add(AlertJson.of(alert)));
      JsonFile.write(json, document);
    }
    return 0;
  }

  private boolean isWanted(Alert alert) {
    return (all || !states.isEmpty() || !alert.state().isClosed())
        && (states.isEmpty() || states.contains(alert.state()))
        && (severities.isEmpty() || severities.contains(alert.severity()))
        && (assets.isEmpty() || assets.contains(alert.asset().assetId()))
        && (site == null || site.equals(alert.site()))
        && (component == null || component.equals(alert.component()));
  }

  private void print(List<Alert> wanted, PrintWriter out) {
    if (wanted.isEmpty()) {
      out.println("No " + (all || !states.isEmpty() ? "" : "open ") + "alert is like this.");
    } else {
      int width =
          Math.max(5, wanted.stream().mapToInt(alert -> alert.id().length()).max().orElse(0));
      String form = "%-8s  %-12s  %-" + width + "s  %-20s  %-20s  %s%n";
      out.printf(form, "SEVERITY", "STATE", "ALERT", "SINCE", "LAST SEEN", "");
      wanted.stream()
          .limit(limit)
          .forEach(
              alert ->
                  out.printf(
                      form,
                      alert.severity(),
                      word(alert),
                      alert.id(),
                      time(alert.firstSeenMillis()),
                      time(alert.lastSeenMillis()),
                      remark(alert)));
    }
    if (wanted.size() > limit) {
      out.printf("… and %,d more; --limit prints them.%n", wanted.size() - limit);
    }
    if (alerts.unreadable() > 0) {
      out.printf("%,d records are no alerts that this version knows.%n", alerts.unreadable());
    }
    out.flush();
  }

  private static String word(Alert alert) {
    return alert.state().name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String remark(Alert alert) {
    String remark = alert.acknowledgedBy().isEmpty() ? "" : "by " + alert.acknowledgedBy();
    if (alert.flapping()) {
      remark += (remark.isEmpty() ? "" : ", ") + "comes and goes";
    }
    return remark;
  }

  private static String time(long millis) {
    return millis == 0 ? "" : Instant.ofEpochMilli(millis / 1000 * 1000).toString();
  }
}
