package io.foreshock.backtest.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foreshock.operators.detect.DetectorSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

class SweepPlanTest {
  private static final PatternText TEXT = new PatternText("shakes.yaml", Reported.SHAKES);

  @Test
  void givesThePatternANameOfItsOwnForEachValueAndKeepsTheUnit() {
    SweepPlan plan = plan("symptoms.rough.above=7..8:0.5", TEXT);

    assertThat(plan.pattern().name()).isEqualTo("shakes");
    assertThat(plan.current()).isEqualTo("7.1 mm/s");
    assertThat(plan.variants())
        .extracting(SweepPlan.Variant::text)
        .containsExactly("7 mm/s", "7.5 mm/s", "8 mm/s");
    assertThat(plan.variants())
        .extracting(SweepPlan.Variant::name)
        .containsExactly("shakes-sweep-1-1", "shakes-sweep-1-2", "shakes-sweep-1-3");
    assertThat(plan.variants())
        .extracting(
            v -> ((DetectorSpec.Threshold) v.pattern().symptoms().get(0).detector()).limit())
        .containsExactly(7.0, 7.5, 8.0);
    assertThat(plan("within=2..4:2", TEXT).variants())
        .extracting(v -> v.pattern().within().toHours())
        .containsExactly(2L, 4L);
    assertThat(SweepPlan.patterns(List.of(plan))).hasSize(3);
  }

  @Test
  void refusesValuesThatMakeThePatternInvalidWithTheLanguagesOwnWordsAndLine() {
    assertThatThrownBy(() -> plan("symptoms.rough.above=6,7,6.2", TEXT))
        .hasMessage(
            "--sweep makes pattern shakes invalid:\n"
                + "  with symptoms.rough.above: 6 mm/s: shakes.yaml:4: symptoms.rough.clearBelow"
                + " must be below the limit of 6 mm/s, but is 6.5 mm/s.\n"
                + "  with symptoms.rough.above: 6.2 mm/s: shakes.yaml:4: symptoms.rough.clearBelow"
                + " must be below the limit of 6.2 mm/s, but is 6.5 mm/s.");
    assertThatThrownBy(() -> plan("symptoms.rough.above=7 °C", TEXT))
        .hasMessageContaining("shakes.yaml:4: symptoms.rough.above is in \"°C\"");
  }

  @Test
  void asksForAPatternWhenSeveralHaveTheKeyAndSuggestsWhatIsMeant() {
    PatternText other =
        new PatternText(
            "other.yaml", Reported.SHAKES.replace("pattern: shakes", "pattern: rattles"));

    assertThatThrownBy(() -> SweepPlan.of(request("within=1h"), 1, List.of(TEXT, other), lang()))
        .hasMessage(
            "--sweep: 2 patterns have \"within\". Name one: shakes/within=…, rattles/within=….");
    assertThat(
            SweepPlan.of(request("rattles/within=1h"), 1, List.of(TEXT, other), lang())
                .pattern()
                .name())
        .isEqualTo("rattles");
    assertThatThrownBy(() -> plan("shaks/within=1h", TEXT))
        .hasMessageStartingWith(
            "--sweep names an unknown pattern \"shaks\". Did you mean \"shakes\"?");
    assertThatThrownBy(() -> plan("symptoms.rough.abve=7", TEXT))
        .hasMessageContaining("no value stands at \"symptoms.rough.abve\"")
        .hasMessageContaining("Did you mean \"symptoms.rough.above\"?");
  }

  private static SweepPlan plan(String request, PatternText text) {
    return SweepPlan.of(request(request), 1, List.of(text), lang());
  }

  private static SweepRequest request(String text) {
    return SweepRequest.parse(text);
  }

  private static io.foreshock.patterns.language.PatternLanguage lang() {
    return Reported.LANGUAGE;
  }
}
