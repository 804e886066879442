package io.foreshock.patterns.condition;

import io.foreshock.model.SignalKind;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a condition may name, and what is meant by it.
 *
 * @param detectorIds detector by name of the pattern's symptom
 * @param stages name in the compiled pattern by name of a stage that comes before; kebab case
 */
public record ConditionScope(Map<String, String> detectorIds, Map<String, String> stages)
    implements Serializable {

  public ConditionScope {
    // Copies that keep the order: messages list the names as the document does.
    detectorIds = new LinkedHashMap<>(detectorIds);
    stages = new LinkedHashMap<>(stages);
  }

  /** Name of a stage inside a CEL variable, where a hyphen would be a minus. */
  static String celName(String stage) {
    return stage.replace('-', '_');
  }

  /** Name of the symptom in the pattern, or empty for a detector of another pattern. */
  String symptomOf(String detectorId) {
    for (Map.Entry<String, String> entry : detectorIds.entrySet()) {
      if (entry.getValue().equals(detectorId)) {
        return entry.getKey();
      }
    }
    return "";
  }

  /** A name as conditions see it. */
  String localName(SignalKind kind, String name) {
    return kind == SignalKind.SYMPTOM || kind == SignalKind.SYMPTOM_CLEARED
        ? symptomOf(name)
        : name;
  }
}
