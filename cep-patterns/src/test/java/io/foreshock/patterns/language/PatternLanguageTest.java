package io.foreshock.patterns.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foreshock.model.Detection;
import io.foreshock.operators.detect.AssetScope;
import io.foreshock.operators.detect.DetectorSpec;
import io.foreshock.operators.detect.DetectorSpec.Side;
import io.foreshock.operators.documents.Problem;
import io.foreshock.patterns.CompiledPattern.DetectionTemplate;
import io.foreshock.patterns.CompiledPattern.OnChange;
import io.foreshock.patterns.CompiledPattern.Overflow;
import io.foreshock.patterns.catalogue.ChannelCatalogue;
import io.foreshock.patterns.definition.AfterMatch;
import io.foreshock.patterns.definition.Contiguity;
import io.foreshock.patterns.definition.GroupDefinition;
import io.foreshock.patterns.definition.OpenMatches;
import io.foreshock.patterns.definition.PatternDefinition;
import io.foreshock.patterns.definition.Quantifier;
import io.foreshock.patterns.definition.StageDefinition;
import io.foreshock.patterns.definition.SymptomDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PatternLanguageTest {
  private static final PatternLanguage LANGUAGE = PatternLanguage.of(ChannelCatalogue.load());

  @Test
  void readsEveryFieldOfADocument() {
    String document =
        """
        pattern: whole-language
        version: 7
        description: One of each.
        source: Nobody's standard
        appliesTo: {tenant: acme, assetClass: [pump, motor]}
        symptoms:
          rough: {detector: threshold, channel: vibration_rms_mm_s, above: 7.1 mm/s, clearBelow: 6.5, for: 30s, smooth: 1h 30min}
          hot: {detector: drift, channel: bearing_temperature_c, baseline: 24h, below: 4 sigma, relearnOn: bearing}
          jump: {detector: step, channel: bearing_temperature_c, baseline: 2d, shift: 1.5 sigma, decision: 6 sigma}
          falling: {detector: trend, channel: oil_pressure_bar, over: 6h, falling: 0.5 bar per h}
          fast: {detector: rate-of-change, channel: bearing_temperature_c, above: 6 °C per min, maximumGap: 10 min}
          stuck: {detector: flat-line, channel: flow_m3_h, tolerance: 0.1, for: 2h}
          quiet: {detector: silence, for: 500ms}
        sequence:
          - {stage: first, when: 'symptom in ["rough", "hot"]', times: {min: 2, max: 4}, greedy: true}
          - group:
              - {stage: inner, when: 'symptom in ["jump", "fast"]', oneOrMore: true, consecutive: true, until: 'cleared == "jump"'}
              - {stage: never, when: 'symptom == "stuck"', contiguity: notNext}
              - {stage: other, when: 'symptom == "falling"', contiguity: next}
            contiguity: followedByAny
            times: 2
            allowCombinations: true
          - {stage: last, when: 'symptom == "quiet"', contiguity: notFollowedBy}
        within: 12h
        afterMatch: {skip-to-last: first}
        openMatches: {max: 4, overflow: drop-newest}
        onChange: keep
        detection: {component: bearing, failureMode: wear, severity: warning, horizon: 2d}
        """;

    PatternDefinition definition = LANGUAGE.parse("whole.yaml", document).orThrow().get(0);

    assertThat(definition)
        .isEqualTo(
            new PatternDefinition(
                "whole-language",
                7,
                "One of each.",
                "Nobody's standard",
                new AssetScope(Set.of("acme"), Set.of("pump", "motor")),
                List.of(
                    symptom(
                        "rough",
                        new DetectorSpec.Threshold(
                            "vibration_rms_mm_s",
                            Side.ABOVE,
                            7.1,
                            6.5,
                            Duration.ofSeconds(30),
                            Duration.ofMinutes(90))),
                    symptom(
                        "hot",
                        new DetectorSpec.Drift(
                            "bearing_temperature_c",
                            Duration.ofHours(24),
                            Side.BELOW,
                            4,
                            2,
                            Duration.ZERO,
                            Duration.ZERO,
                            "bearing")),
                    symptom(
                        "jump",
                        new DetectorSpec.Step(
                            "bearing_temperature_c", Duration.ofDays(2), 1.5, 6, "")),
                    symptom(
                        "falling",
                        new DetectorSpec.Trend(
                            "oil_pressure_bar", Duration.ofHours(6), Side.BELOW, -0.5, 3)),
                    symptom(
                        "fast",
                        new DetectorSpec.RateOfChange(
                            "bearing_temperature_c", 0.1, Duration.ofMinutes(10))),
                    symptom(
                        "stuck", new DetectorSpec.FlatLine("flow_m3_h", 0.1, Duration.ofHours(2))),
                    symptom("quiet", new DetectorSpec.Silence("", Duration.ofMillis(500)))),
                List.of(
                    new StageDefinition(
                        "first",
                        "symptom in [\"rough\", \"hot\"]",
                        Contiguity.FOLLOWED_BY,
                        new Quantifier(2, 4, false, true, Quantifier.Inner.RELAXED, "")),
                    new GroupDefinition(
                        List.of(
                            new StageDefinition(
                                "inner",
                                "symptom in [\"jump\", \"fast\"]",
                                Contiguity.FOLLOWED_BY,
                                new Quantifier(
                                    1,
                                    Quantifier.UNBOUNDED,
                                    false,
                                    false,
                                    Quantifier.Inner.CONSECUTIVE,
                                    "cleared == \"jump\"")),
                            new StageDefinition(
                                "never",
                                "symptom == \"stuck\"",
                                Contiguity.NOT_NEXT,
                                Quantifier.ONE),
                            new StageDefinition(
                                "other",
                                "symptom == \"falling\"",
                                Contiguity.NEXT,
                                Quantifier.ONE)),
                        Contiguity.FOLLOWED_BY_ANY,
                        new Quantifier(2, 2, false, false, Quantifier.Inner.COMBINATIONS, "")),
                    new StageDefinition(
                        "last",
                        "symptom == \"quiet\"",
                        Contiguity.NOT_FOLLOWED_BY,
                        Quantifier.ONE)),
                Duration.ofHours(12),
                new AfterMatch(AfterMatch.Strategy.SKIP_TO_LAST, "first"),
                new OpenMatches(4, Overflow.DROP_NEWEST),
                OnChange.KEEP,
                new DetectionTemplate(
                    "bearing", "wear", Detection.Severity.WARNING, Duration.ofDays(2))));
    assertThat(YamlPatternSet.of(List.of(definition)).compile()).hasSize(1);
  }

  private static SymptomDefinition symptom(String name, DetectorSpec spec) {
    return new SymptomDefinition(name, spec);
  }

  @Test
  void whatIsLeftOutHasTheDocumentedDefault() {
    PatternDefinition definition =
        LANGUAGE.parse("sound.yaml", BrokenDocumentsTest.SOUND).orThrow().get(0);

    assertThat(definition.scope()).isEqualTo(AssetScope.EVERY_ASSET);
    assertThat(definition.afterMatch()).isEqualTo(AfterMatch.SKIP_PAST_LAST_EVENT);
    assertThat(definition.openMatches()).isEqualTo(new OpenMatches(16, Overflow.DROP_OLDEST));
    assertThat(definition.onChange()).isEqualTo(OnChange.DRAIN);
    assertThat(definition.sequence().get(1).contiguity()).isEqualTo(Contiguity.FOLLOWED_BY);
  }

  @Test
  void aTenantsOwnDocumentReachesNobodyElse() {
    PatternDefinition definition =
        LANGUAGE.parse("sound.yaml", BrokenDocumentsTest.SOUND).orThrow().get(0);

    assertThat(definition.forTenantOnly("acme").scope().tenants()).isEqualTo(Set.of("acme"));
  }

  @Test
  void theCatalogueDemandsASource() {
    PatternLanguage strict =
        new PatternLanguage(ChannelCatalogue.load(), Duration.ofHours(1), true);

    assertThat(strict.parse("sound.yaml", BrokenDocumentsTest.SOUND).problems())
        .extracting(Problem::toString)
        .containsExactly(
            "sound.yaml:1: \"source\" is missing."
                + " Name the standard, paper or data sheet that the limits come from.",
            "sound.yaml:10: within must be at most 1h, but is 6h."
                + " Let a detector with a longer memory (drift, trend) watch for slower changes.");
  }

  @Test
  void readsAllDocumentsOfAllFilesOfAFolder(@TempDir Path folder) throws IOException {
    String sound = BrokenDocumentsTest.SOUND;
    Files.writeString(folder.resolve("b.yaml"), sound.replace("bearing-wear", "b-pattern"));
    Files.writeString(
        folder.resolve("a.yml"),
        sound + "---\n" + sound.replace("bearing-wear", "other") + "---\n");
    Files.writeString(folder.resolve("notes.txt"), "no pattern");

    ParsedPatterns parsed = LANGUAGE.read(folder);

    assertThat(parsed.orThrow())
        .extracting(PatternDefinition::name)
        .containsExactly("bearing-wear", "other", "b-pattern");
  }

  @Test
  void tellsProblemsOfAllFilesAtOnceAndKeepsTheSoundPatterns(@TempDir Path folder)
      throws IOException {
    String sound = BrokenDocumentsTest.SOUND;
    Files.writeString(folder.resolve("a.yaml"), sound.replace("version: 3", "version: x"));
    Files.writeString(folder.resolve("b.yaml"), sound.replace("6h", "6"));
    Files.writeString(folder.resolve("c.yaml"), sound);

    ParsedPatterns parsed = LANGUAGE.read(folder);

    assertThat(parsed.definitions()).hasSize(1);
    assertThatThrownBy(parsed::orThrow)
        .isInstanceOf(InvalidPatternException.class)
        .hasMessage(
            folder.resolve("a.yaml")
                + ":2: version must be a whole number from 1 to 2147483647, but is \"x\".\n"
                + folder.resolve("b.yaml")
                + ":10: within must be a duration above zero with its unit (ms, s, min, h, d),"
                + " but is \"6\". Use e.g. \"10 min\".");
  }

  @Test
  void theSameDocumentTwiceIsNoProblem() {
    String twice = BrokenDocumentsTest.SOUND + "---\n" + BrokenDocumentsTest.SOUND;

    assertThat(LANGUAGE.parse("twice.yaml", twice).orThrow()).hasSize(1);
  }

  @Test
  void saysWhenThereIsNothingToRead(@TempDir Path folder) throws IOException {
    Path missing = folder.resolve("missing.yaml");
    Path binary = folder.resolve("binary.yaml");
    assertThat(LANGUAGE.read(missing).problems())
        .extracting(Problem::toString)
        .containsExactly(missing + ":1: There is no such file or folder. Check the path.");
    assertThat(LANGUAGE.read(folder).problems())
        .extracting(Problem::toString)
        .containsExactly(folder + ":1: The folder holds no .yaml file. Check the path.");

    Files.write(binary, new byte[] {(byte) 0xC3, 0x28});
    assertThat(LANGUAGE.read(binary).problems())
        .extracting(Problem::toString)
        .containsExactly(binary + ":1: The file is not UTF-8 text. Save it as UTF-8.");
  }

  @Test
  void aFileThatIsTooLongIsRefused() {
    assertThat(LANGUAGE.parse("long.yaml", "#".repeat(2_000_000)).problems())
        .extracting(Problem::text)
        .containsExactly("The file is longer than 1048576 characters. Split it.");
  }

  @Test
  void depthThatWouldExhaustTheStackIsRefusedInOneMessage() {
    String deep = "pattern: " + "[".repeat(5_000) + "]".repeat(5_000);

    assertThat(LANGUAGE.parse("deep.yaml", deep).problems()).hasSize(1);
  }
}
