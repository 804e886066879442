package io.foreshock.backtest.data.skab;

import io.foreshock.backtest.data.Figures;
import io.foreshock.backtest.data.Messages;
import io.foreshock.backtest.data.Recording;
import io.foreshock.backtest.data.SymptomTimes;
import io.foreshock.backtest.data.Truth;
import io.foreshock.backtest.run.RecordFile;
import io.foreshock.backtest.run.RunOutcome;
import io.foreshock.backtest.run.RunWishes;
import io.foreshock.backtest.score.AssetHours;
import io.foreshock.backtest.score.Observation;
import io.foreshock.patterns.catalogue.PatternCatalogue;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The experiments that were selected, each a machine; no failures, labelled rows instead. */
final class SkabRecording implements Recording {
  private static final String TENANT = "skab";
  private static final String ASSET_CLASS = "skab-rig";

  private record Sent(String asset, Experiment.Row row) {}

  private final Path folder;
  private final List<Experiment> experiments;

  SkabRecording(Path folder, List<Experiment> experiments) {
    this.folder = folder;
    this.experiments = List.copyOf(experiments);
  }

  @Override
  public List<String> describe() {
    long rows = 0;
    long anomalies = 0;
    long changes = 0;
    for (Experiment experiment : experiments) {
      for (Experiment.Row row : experiment.rows()) {
        rows++;
        anomalies += row.anomaly() ? 1 : 0;
        changes += row.changePoint() ? 1 : 0;
      }
    }
    return List.of(
        String.format(
            Locale.ROOT,
            "%s: %d experiments, %d rows, %d of them in anomalies, %d change points",
            folder,
            experiments.size(),
            rows,
            anomalies,
            changes));
  }

  @Override
  public String referenceSet() {
    return PatternCatalogue.SKAB;
  }

  @Override
  public long writeTo(RecordFile.Target target) throws IOException {
    List<Sent> all = new ArrayList<>();
    for (Experiment experiment : experiments) {
      experiment.rows().forEach(row -> all.add(new Sent(experiment.name(), row)));
    }
    all.sort(Comparator.comparingLong(sent -> sent.row().millis()));
    Messages messages = new Messages(TENANT, ASSET_CLASS, target);
    for (Sent sent : all) {
      messages.send(sent.asset(), sent.row().millis(), sent.row().readings());
    }
    return messages.written();
  }

  @Override
  public Truth truth() {
    long start = Long.MAX_VALUE;
    for (Experiment experiment : experiments) {
      for (Experiment.Row row : experiment.rows()) {
        start = Math.min(start, row.millis());
      }
    }
    AssetHours hours = new AssetHours(start);
    for (Experiment experiment : experiments) {
      experiment.rows().forEach(row -> hours.add(experiment.name(), row.millis()));
    }
    return new Truth(List.of(), List.of(), List.of(), Observation.ofTelemetry(hours, List.of()));
  }

  @Override
  public RunWishes wishes() {
    return new RunWishes(true, false);
  }

  @Override
  public Optional<Figures> figures(RunOutcome outcome) {
    return Optional.of(new SkabFigures(experiments, SymptomTimes.of(outcome.signals())).figures());
  }
}
