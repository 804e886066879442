package io.foreshock.patterns.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.model.Signal;
import io.foreshock.operators.detect.AssetScope;
import io.foreshock.operators.detect.DetectorPlan;
import io.foreshock.patterns.CompiledPattern;
import io.foreshock.patterns.StageNames;
import io.foreshock.patterns.catalogue.ChannelCatalogue;
import io.foreshock.patterns.definition.PatternDefinition;
import io.foreshock.patterns.samples.Signals;
import io.foreshock.patterns.samples.StockCep;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.cep.nfa.aftermatch.AfterMatchSkipStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatternCompilerTest {
  private static final PatternLanguage LANGUAGE = PatternLanguage.of(ChannelCatalogue.load());
  private static final AssetScope PUMPS = new AssetScope(Set.of(), Set.of("pump"));
  private static final AssetScope MOTORS = new AssetScope(Set.of(), Set.of("motor"));

  private static List<PatternDefinition> parse(String document) {
    return LANGUAGE.parse("test.yaml", document).orThrow();
  }

  private static String pattern(String name, int version, String appliesTo, String extra) {
    return """
    pattern: %s
    version: %d
    appliesTo: %s
    symptoms:
      rough: {detector: threshold, channel: vibration_rms_mm_s, above: 7.1, clearBelow: 6.5}
    sequence:
      - {stage: shaking, when: 'symptom == "rough"'}
      - {stage: checked, when: 'fault.code == "E1" || %s', contiguity: followedBy}
    within: 6h
    afterMatch: {skip-to-last: checked}
    detection: {component: bearing, failureMode: wear, severity: watch}
    ---
    """
        .formatted(name, version, appliesTo, extra);
  }

  @Test
  void namesOfStagesCarryTheVersion() {
    CompiledPattern compiled =
        YamlPatternSet.of(parse(pattern("a", 3, "{}", "fault.code == \"E2\""))).compile().get(0);

    assertThat(compiled.pattern().getName()).isEqualTo("v3/checked");
    assertThat(compiled.pattern().getPrevious().getName()).isEqualTo("v3/shaking");
    assertThat(compiled.pattern().getAfterMatchSkipStrategy())
        .isEqualTo(AfterMatchSkipStrategy.skipToLast("v3/checked"));
    assertThat(compiled.pattern().getWindowSize()).contains(Duration.ofHours(6));
  }

  @ParameterizedTest
  @CsvSource({
    "v3/shaking, shaking",
    "v12/a-b, a-b",
    "shaking, shaking",
    "vx/a, vx/a",
    "v/a, v/a",
    "x3/a, x3/a"
  })
  void decodesOnlyWhatWasEncoded(String encoded, String stage) {
    assertThat(StageNames.decode(encoded)).isEqualTo(stage);
  }

  @Test
  void ofSeveralVersionsTheHighestRuns() {
    List<PatternDefinition> both =
        parse(
            pattern("a", 10, "{}", "fault.code == \"E2\"")
                + pattern("a", 9, "{}", "fault.code == \"E3\""));

    assertThat(YamlPatternSet.of(both).compile())
        .extracting(CompiledPattern::version)
        .containsExactly(10);
  }

  @Test
  void equalDetectorsAreOneForAllScopes() {
    List<PatternDefinition> definitions =
        parse(
            pattern("a", 1, "{assetClass: pump}", "fault.code == \"E2\"")
                + pattern("b", 1, "{assetClass: motor}", "fault.code == \"E2\"")
                + pattern("c", 1, "{assetClass: pump}", "fault.code == \"E2\""));

    DetectorPlan plan = YamlPatternSet.of(definitions).detectors();

    assertThat(plan.detectors()).hasSize(1);
    assertThat(plan.detectors().get(0).scopes()).containsExactly(PUMPS, MOTORS);
    assertThat(plan.readings()).isEmpty();
  }

  @Test
  void everyAssetIncludesAllOtherScopes() {
    List<PatternDefinition> definitions =
        parse(
            pattern("a", 1, "{assetClass: pump}", "fault.code == \"E2\"")
                + pattern("b", 1, "{}", "fault.code == \"E2\"")
                + pattern("c", 1, "{assetClass: motor}", "fault.code == \"E2\""));

    assertThat(YamlPatternSet.of(definitions).detectors().detectors().get(0).scopes())
        .containsExactly(AssetScope.EVERY_ASSET);
  }

  @Test
  void asksForTheReadingsThatConditionsName() {
    List<PatternDefinition> definitions =
        parse(
            pattern("a", 1, "{assetClass: pump}", "reading.channel == \"flow_m3_h\" && value < 1")
                + pattern("b", 1, "{assetClass: motor}", "reading.channel == \"flow_m3_h\""));

    assertThat(YamlPatternSet.of(definitions).detectors().readings())
        .isEqualTo(Map.of("flow_m3_h", List.of(PUMPS, MOTORS)));
  }

  @Test
  void asksForHeartbeatsWhereAPatternEndsWithAnAbsence() {
    List<PatternDefinition> definitions =
        parse(
            """
            pattern: not-repaired
            version: 1
            appliesTo: {assetClass: pump}
            sequence:
              - {stage: fault, when: 'fault.code == "E1"'}
              - {stage: repaired, when: 'maintenance.component == "seal"', contiguity: notFollowedBy}
            within: 6h
            detection: {component: seal, failureMode: leak, severity: watch}
            """);

    assertThat(YamlPatternSet.of(definitions).detectors().readings())
        .isEqualTo(Map.of(DetectorPlan.HEARTBEAT, List.of(PUMPS)));
  }

  @Test
  void conditionsLookBackAtWhatAStageTookLast() throws Exception {
    PatternDefinition definition =
        parse(
                """
                pattern: growing
                version: 2
                symptoms:
                  rough: {detector: threshold, channel: vibration_rms_mm_s, above: 7.1, clearBelow: 6.5}
                sequence:
                  - {stage: first-time, when: 'symptom == "rough"'}
                  - {stage: worse, when: 'symptom == "rough" && value > stages.first_time.value * 2'}
                within: 6h
                detection: {component: bearing, failureMode: wear, severity: watch}
                """)
            .get(0);
    String id = definition.symptoms().get(0).detector().id();
    CompiledPattern compiled = YamlPatternSet.of(List.of(definition)).compile().get(0);
    Signal first = Signals.symptom(true, id, 0, 8);
    Signal same = Signals.symptom(true, id, 10, 9);
    Signal worse = Signals.symptom(true, id, 20, 17);

    assertThat(StockCep.matches(compiled, List.of(first, same, worse)))
        .containsExactly(Map.of("first-time", List.of(first), "worse", List.of(worse)));
  }
}
