package io.foreshock.patterns.engine;

import io.foreshock.codec.DetectionIds;
import io.foreshock.model.AssetRef;
import io.foreshock.model.Detection.StageEvidence;
import io.foreshock.model.NearMiss;
import io.foreshock.model.NearMiss.Reason;
import io.foreshock.model.Signal;
import io.foreshock.patterns.StageNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Says how far a match of one pattern came, and what was missing. */
final class NearMissFactory {
  private final PatternRuntime pattern;
  private final List<PatternShape.Need> needs;

  NearMissFactory(PatternRuntime pattern) {
    this.pattern = pattern;
    this.needs = PatternShape.needs(pattern.compiled().pattern());
  }

  /**
   * @param asset the asset, its class empty when only its key is known
   * @param match signals by stage, as flink-cep names them; empty when not known
   * @param stage the forbidden stage that came, as flink-cep names it; empty otherwise
   * @param by the signal that ended it; null when none did
   */
  NearMiss nearMiss(
      AssetRef asset,
      Reason reason,
      Map<String, List<Signal>> match,
      String stage,
      Signal by,
      long atMillis) {
    AssetRef named = asset;
    String furthest = "";
    String missing = "";
    boolean backlog = false;
    List<StageEvidence> evidence = new ArrayList<>(needs.size());
    for (PatternShape.Need need : match.isEmpty() ? List.<PatternShape.Need>of() : needs) {
      List<Signal> taken = match.getOrDefault(need.stage(), List.of());
      List<Signal> signals = new ArrayList<>(taken.size());
      for (Signal signal : taken) {
        named = signal.asset();
        backlog |= signal.backlog();
        signals.add(pattern.detections().named(signal));
      }
      String name = StageNames.decode(need.stage());
      furthest = taken.isEmpty() ? furthest : name;
      missing = missing.isEmpty() && taken.size() < need.signals() ? name : missing;
      evidence.add(new StageEvidence(name, List.copyOf(signals)));
    }
    List<StageEvidence> stages = List.copyOf(evidence);
    return new NearMiss(
        DetectionIds.ofNearMiss(named, pattern.name(), pattern.version(), stages, reason, atMillis),
        named,
        pattern.name(),
        pattern.version(),
        reason,
        furthest,
        missing,
        stage.isEmpty() ? "" : StageNames.decode(stage),
        by == null ? null : pattern.detections().named(by),
        atMillis,
        backlog,
        stages);
  }
}
