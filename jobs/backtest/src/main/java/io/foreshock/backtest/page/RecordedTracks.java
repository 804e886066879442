package io.foreshock.backtest.page;

import io.foreshock.backtest.run.RecordFile;
import io.foreshock.backtest.run.Results;
import io.foreshock.model.FaultCode;
import io.foreshock.model.Measurement;
import io.foreshock.model.Signal;
import io.foreshock.model.SignalKind;
import io.foreshock.model.TelemetryBatch;
import io.foreshock.patterns.definition.PatternDefinition;
import io.foreshock.patterns.definition.SymptomDefinition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Fills tracks from the file of records that went through the pipeline, and from its signals. */
final class RecordedTracks {
  private final Report report;
  private final PatternWords words;
  private final Map<String, Set<String>> symptomNames = new HashMap<>();

  RecordedTracks(Report report, Collection<PatternDefinition> patterns, PatternWords words) {
    this.report = report;
    this.words = words;
    for (PatternDefinition pattern : patterns) {
      for (SymptomDefinition symptom : pattern.symptoms()) {
        symptomNames
            .computeIfAbsent(symptom.detector().id(), id -> new TreeSet<>())
            .add(symptom.name());
      }
    }
  }

  /**
   * Takes everything from the file and the signals.
   *
   * @param signals what the detectors said, by time
   */
  Tracks read(Path records, RecordCensus census, Results<Signal> signals) throws IOException {
    Tracks tracks = new Tracks(report, census.channels(), census.readings());
    RecordFile.read(
        records, record -> RecordCensus.batch(record).ifPresent(batch -> take(batch, tracks)));
    signals.forEach(signal -> take(signal, tracks));
    return tracks;
  }

  private void take(TelemetryBatch batch, Tracks tracks) {
    String machine = batch.asset().assetId();
    for (Measurement reading : batch.measurements()) {
      tracks.reading(
          machine,
          reading.channel(),
          words.unit(reading.channel()),
          reading.eventTimeMillis(),
          reading.value());
    }
    for (FaultCode code : batch.faultCodes()) {
      tracks.code(
          machine,
          code.code(),
          code.severity().name().toLowerCase(java.util.Locale.ROOT),
          code.eventTimeMillis());
    }
  }

  private void take(Signal signal, Tracks tracks) {
    boolean onset = signal.kind() == SignalKind.SYMPTOM;
    if (onset || signal.kind() == SignalKind.SYMPTOM_CLEARED) {
      Set<String> names = symptomNames.getOrDefault(signal.name(), Set.of());
      String name = names.isEmpty() ? signal.name() : String.join(", ", names);
      tracks.symptom(
          signal.asset().assetId(), name, signal.channel(), onset, signal.eventTimeMillis());
    }
  }
}
