package io.foreshock.patterns.engine;

import io.foreshock.codec.DetectionIds;
import io.foreshock.model.AssetRef;
import io.foreshock.model.Detection;
import io.foreshock.model.Detection.StageEvidence;
import io.foreshock.model.Signal;
import io.foreshock.model.SignalKind;
import io.foreshock.patterns.CompiledPattern;
import io.foreshock.patterns.CompiledPattern.DetectionTemplate;
import io.foreshock.patterns.StageNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Says what a match of one pattern means. */
final class DetectionFactory {

  private final CompiledPattern pattern;
  private final List<String> stages;

  /** Ids of the detectors of the pattern's symptoms, and the symptoms' names. */
  private final String[] detectorIds;

  private final String[] symptoms;

  DetectionFactory(CompiledPattern pattern) {
    this.pattern = pattern;
    this.stages = PatternShape.stages(pattern.pattern());
    detectorIds = pattern.symptomNames().keySet().toArray(new String[0]);
    symptoms = new String[detectorIds.length];
    for (int i = 0; i < symptoms.length; i++) {
      symptoms[i] = pattern.symptomNames().get(detectorIds[i]);
    }
  }

  /**
   * @param match signals by stage, as flink-cep names them
   * @param completedAtMillis as in {@link MatchSink#matched}
   */
  Detection detection(Map<String, List<Signal>> match, long completedAtMillis) {
    AssetRef asset = null;
    boolean backlog = false;
    long eventTime = completedAtMillis;
    List<StageEvidence> evidence = new ArrayList<>(stages.size());
    for (String stage : stages) {
      List<Signal> signals = new ArrayList<>();
      for (Signal signal : match.getOrDefault(stage, List.of())) {
        asset = signal.asset();
        backlog |= signal.backlog();
        if (completedAtMillis == Long.MIN_VALUE) {
          eventTime = Math.max(eventTime, signal.eventTimeMillis());
        }
        signals.add(named(signal));
      }
      evidence.add(new StageEvidence(StageNames.decode(stage), List.copyOf(signals)));
    }
    DetectionTemplate meaning = pattern.detection();
    List<StageEvidence> stagesTaken = List.copyOf(evidence);
    return new Detection(
        DetectionIds.of(asset, pattern.name(), pattern.version(), stagesTaken),
        asset,
        pattern.name(),
        pattern.version(),
        meaning.component(),
        meaning.failureMode(),
        meaning.severity(),
        eventTime,
        meaning.horizon().toMillis(),
        backlog,
        stagesTaken);
  }

  /** People know a symptom by its name in the pattern, not by the detector's id. */
  Signal named(Signal signal) {
    if (signal.kind() != SignalKind.SYMPTOM && signal.kind() != SignalKind.SYMPTOM_CLEARED) {
      return signal;
    }
    String name = nameInPattern(signal.name());
    if (name == null) {
      return signal;
    }
    return new Signal(
        signal.asset(),
        signal.kind(),
        name,
        signal.channel(),
        signal.component(),
        signal.attribute(),
        signal.eventTimeMillis(),
        signal.value(),
        signal.limit(),
        signal.score(),
        signal.backlog());
  }

  /** Few, so that to compare takes less than to hash a name that was never hashed. */
  private String nameInPattern(String detectorId) {
    for (int i = 0; i < detectorIds.length; i++) {
      if (detectorIds[i].equals(detectorId)) {
        return symptoms[i];
      }
    }
    return null;
  }
}
