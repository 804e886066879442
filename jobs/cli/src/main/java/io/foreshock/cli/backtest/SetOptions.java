package io.foreshock.cli.backtest;

import io.foreshock.backtest.data.Selection;
import io.foreshock.cli.CliFailure;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** What of a published data set is wanted. */
final class SetOptions {

  @Option(
      names = "--machines",
      paramLabel = "LIST",
      description = "Only these machines, e.g. 1-10,21. Default: all.")
  private String machines;

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description = "A setting that only this format knows, e.g. telemetry=contiguous.")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Option(names = "--events-only", description = "Leave telemetry aside, even if it is there.")
  private boolean eventsOnly;

  @Option(
      names = "--telemetry",
      paramLabel = "WHICH",
      description =
          "Readings to use: all, or contiguous for those of the first quarter, which have no gaps."
              + " Default: all.")
  private String telemetry;

  /** Refuses what has no meaning for a history. */
  void refuse() {
    if (machines != null || !settings.isEmpty() || eventsOnly || telemetry != null) {
      throw CliFailure.wrongInput(
          "--machines, --set, --events-only and --telemetry belong to --format. Choose rows by the files that the"
              + " mapping names.");
    }
  }

  Selection selection() {
    Map<String, String> all = new LinkedHashMap<>(settings);
    if (telemetry != null) {
      all.put("telemetry", wantedTelemetry());
    }
    if (eventsOnly) {
      if (all.getOrDefault("telemetry", "all").equals("contiguous")) {
        throw CliFailure.wrongInput(
            "--events-only leaves telemetry aside, so --telemetry contiguous has no meaning. Remove one of them.");
      }
      all.put("telemetry", "none");
    }
    return new Selection(machines == null ? "" : machines, all);
  }

  private String wantedTelemetry() {
    if (!telemetry.equals("all") && !telemetry.equals("contiguous")) {
      throw CliFailure.wrongInput(
          "--telemetry must be all or contiguous, but is \"" + telemetry + "\".");
    }
    return telemetry;
  }
}
