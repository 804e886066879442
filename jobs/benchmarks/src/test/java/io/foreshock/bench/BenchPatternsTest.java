package io.foreshock.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.model.SignalKind;
import io.foreshock.patterns.CompiledPattern;
import io.foreshock.patterns.condition.StageCondition;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.cep.pattern.Pattern;
import org.junit.jupiter.api.Test;

class BenchPatternsTest {

  @Test
  void theEngineGetsThemAsTheLanguageCompilesThem() {
    List<CompiledPattern> patterns = new BenchPatterns(100).compile();
    assertThat(patterns).hasSize(100);
    for (CompiledPattern compiled : patterns) {
      int stages = 0;
      for (Pattern<?, ?> stage = compiled.pattern(); stage != null; stage = stage.getPrevious()) {
        assertThat(stage.getCondition()).isInstanceOf(StageCondition.class);
        stages++;
      }
      assertThat(stages).isEqualTo(3);
    }
  }

  @Test
  void eachWaitsForSymptomsOfItsOwnAndForNothingElse() {
    Set<String> all = new HashSet<>();
    for (CompiledPattern compiled : new BenchPatterns(100).compile()) {
      int number = Integer.parseInt(compiled.name().substring("bearing-wear-".length()));
      Set<String> own = Set.copyOf(BenchPatterns.symptoms(number));
      assertThat(compiled.relevance().names()).isEqualTo(Map.of(SignalKind.SYMPTOM, own));
      assertThat(compiled.relevance().everySignal()).isFalse();
      all.addAll(own);
    }
    assertThat(all).hasSize(300);
  }
}
