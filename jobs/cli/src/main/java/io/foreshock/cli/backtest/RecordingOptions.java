package io.foreshock.cli.backtest;

import io.foreshock.backtest.data.PublishedDataSets;
import io.foreshock.backtest.data.Recording;
import io.foreshock.backtest.data.Selection;
import io.foreshock.cli.CliFailure;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** What was recorded, and what of it is wanted. */
final class RecordingOptions {

  /** Data sets by name, for {@code --help}. */
  static final class Formats implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return PublishedDataSets.names().iterator();
    }
  }

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "Folder with the recording.")
  private Path data;

  @Option(
      names = "--format",
      required = true,
      paramLabel = "FORMAT",
      completionCandidates = Formats.class,
      description = "How the folder is laid out: ${COMPLETION-CANDIDATES}.")
  private String format;

  @Option(
      names = "--machines",
      paramLabel = "LIST",
      defaultValue = "",
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

  /** Opens the recording. */
  Recording open() {
    return PublishedDataSets.named(format).open(data, selection());
  }

  private Selection selection() {
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
    return new Selection(machines, all);
  }

  private String wantedTelemetry() {
    if (!telemetry.equals("all") && !telemetry.equals("contiguous")) {
      throw CliFailure.wrongInput(
          "--telemetry must be all or contiguous, but is \"" + telemetry + "\".");
    }
    return telemetry;
  }
}
