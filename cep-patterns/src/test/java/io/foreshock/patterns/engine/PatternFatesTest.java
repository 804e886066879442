package io.foreshock.patterns.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.patterns.CompiledPattern;
import io.foreshock.patterns.catalogue.ChannelCatalogue;
import io.foreshock.patterns.definition.PatternDefinition;
import io.foreshock.patterns.engine.PatternFates.Fate;
import io.foreshock.patterns.language.PatternLanguage;
import io.foreshock.patterns.language.YamlPatternSet;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What tools say beforehand is what the engine does. */
class PatternFatesTest {
  private static final String TWO = "{stage: ends, when: 'fault.code == \"B\"'}";
  private static final String THREE = "{stage: more, when: 'fault.code == \"C\"'}\n  - " + TWO;

  private static List<CompiledPattern> patterns(String... yaml) {
    // One by one: a set from files keeps the highest version only.
    List<CompiledPattern> all = new ArrayList<>();
    for (String each : yaml) {
      List<PatternDefinition> one =
          PatternLanguage.of(ChannelCatalogue.load()).parse("test", each).orThrow();
      all.addAll(YamlPatternSet.of(one).compile());
    }
    return all;
  }

  private static String pattern(int version, String onChange, String rest) {
    return """
    pattern: wears
    version: %d
    sequence:
      - {stage: begins, when: 'fault.code == "A"'}
      - %s
    within: 1h
    onChange: %s
    detection: {component: bearing, failureMode: wear, severity: watch}
    """
        .formatted(version, rest, onChange);
  }

  /** Of matches that version 1 with two stages has opened. */
  private static Fate fate(String... next) throws Exception {
    PatternRuntime first = PatternTable.of(patterns(pattern(1, "drain", TWO))).all().get(0);
    return PatternFates.of(patterns(next))
        .of(StoredMatches.id("wears"), first.version(), first.graph().shape());
  }

  @Test
  void theSameVersionGoesOn() throws Exception {
    assertThat(fate(pattern(1, "drop", TWO))).isEqualTo(Fate.CONTINUE);
    assertThat(fate(pattern(1, "keep", THREE))).isEqualTo(Fate.CHANGED_WITHOUT_VERSION);
  }

  @Test
  void anotherVersionSaysWhatBecomesOfThem() throws Exception {
    assertThat(fate(pattern(2, "keep", TWO))).isEqualTo(Fate.KEPT);
    assertThat(fate(pattern(2, "keep", THREE))).isEqualTo(Fate.KEEP_IMPOSSIBLE);
    assertThat(fate(pattern(2, "drop", TWO))).isEqualTo(Fate.DROPPED);
    assertThat(fate(pattern(2, "drain", THREE))).isEqualTo(Fate.DRAIN_IMPOSSIBLE);
    assertThat(fate(pattern(2, "drain", THREE), pattern(1, "drain", TWO))).isEqualTo(Fate.DRAIN);
  }

  @Test
  void aPatternThatIsGoneTakesThemWithIt() throws Exception {
    assertThat(fate(pattern(1, "drain", TWO).replace("pattern: wears", "pattern: other")))
        .isEqualTo(Fate.REMOVED);
  }
}
