package io.foreshock.backtest.score;

import io.foreshock.model.AssetRef;
import io.foreshock.model.Detection;
import io.foreshock.model.Detection.Severity;
import io.foreshock.model.Detection.StageEvidence;
import io.foreshock.model.FaultCode;
import io.foreshock.model.NearMiss;
import io.foreshock.model.Signal;
import io.foreshock.patterns.catalogue.ChannelCatalogue;
import io.foreshock.patterns.definition.PatternDefinition;
import io.foreshock.patterns.language.PatternLanguage;
import java.util.List;

/** Detections, near misses and patterns of tests. */
final class Reported {
  static final PatternLanguage LANGUAGE = PatternLanguage.of(ChannelCatalogue.load());

  /** Two stages: it shakes, then the code comes. */
  static final String SHAKES =
      """
      pattern: shakes
      version: 1
      symptoms:
        rough: {detector: threshold, channel: vibration_rms_mm_s, above: 7.1 mm/s, clearBelow: 6.5 mm/s, for: 2h}
      sequence:
        - {stage: shaking, when: 'symptom == "rough"'}
        - {stage: repaired, when: 'maintenance.component == "bearing"', contiguity: notFollowedBy}
        - {stage: code, when: 'fault.code == "E7"'}
      within: 6h
      detection: {component: bearing, failureMode: wear, severity: critical, horizon: 48h}
      """;

  private Reported() {}

  static List<PatternDefinition> patterns(String text) {
    return LANGUAGE.parse("patterns.yaml", text).orThrow();
  }

  static Detection detection(String asset, String pattern, double hour) {
    return detection(asset, pattern, Severity.CRITICAL, hour);
  }

  static Detection detection(String asset, String pattern, Severity severity, double hour) {
    return new Detection(
        asset + pattern + hour,
        asset(asset),
        pattern,
        1,
        "bearing",
        "wear",
        severity,
        Judged.at(hour),
        0,
        false,
        List.of());
  }

  /** It shook and the code did not come. */
  static NearMiss nearMiss(String asset, double shook, NearMiss.Reason reason, double ended) {
    Signal rough =
        Signal.symptom(
            asset(asset),
            true,
            "rough",
            "vibration_rms_mm_s",
            Judged.at(shook),
            7.4,
            7.1,
            7.3,
            false);
    Signal by =
        reason == NearMiss.Reason.FORBIDDEN_STAGE
            ? Signal.faultCode(
                asset(asset),
                new FaultCode("E1", Judged.at(ended), "", FaultCode.Severity.WARNING),
                false)
            : null;
    return new NearMiss(
        asset + shook,
        asset(asset),
        "shakes",
        1,
        reason,
        "shaking",
        "code",
        by == null ? "" : "repaired",
        by,
        Judged.at(ended),
        false,
        List.of(
            new StageEvidence("shaking", List.of(rough)), new StageEvidence("code", List.of())));
  }

  private static AssetRef asset(String asset) {
    return new AssetRef("acme", asset, "pump");
  }
}
