package io.foreshock.patterns.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foreshock.patterns.CompiledPattern;
import io.foreshock.patterns.definition.PatternDefinition;
import io.foreshock.patterns.language.YamlPatternSet;
import java.util.List;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

class PatternCatalogueTest {

  @Test
  void everyPatternOfTheProductionSetCompiles() {
    List<PatternDefinition> definitions = PatternCatalogue.production();

    List<CompiledPattern> compiled = YamlPatternSet.of(definitions).compile();

    assertThat(compiled)
        .extracting(CompiledPattern::name)
        .containsExactlyElementsOf(definitions.stream().map(PatternDefinition::name).toList());
    assertThat(definitions).allSatisfy(d -> assertThat(d.source()).isNotBlank());
    assertThat(definitions).allSatisfy(d -> assertThat(d.description()).isNotBlank());
  }

  @Test
  void everyReferenceSetCompiles() {
    for (String set : PatternCatalogue.referenceSets()) {
      assertThat(YamlPatternSet.of(PatternCatalogue.reference(set)).compile()).isNotEmpty();
    }
  }

  @Test
  void travelsToTheTasks() throws Exception {
    YamlPatternSet set = YamlPatternSet.of(PatternCatalogue.production());

    YamlPatternSet copy = InstantiationUtil.clone(set);

    assertThat(copy.definitions()).isEqualTo(set.definitions());
    assertThat(copy.detectors()).isEqualTo(set.detectors());
  }

  @Test
  void patternsWithEqualDetectorsShareThem() {
    List<PatternDefinition> azure = PatternCatalogue.reference(PatternCatalogue.AZURE_PDM);

    assertThat(YamlPatternSet.of(azure).detectors().detectors()).hasSize(4);
  }

  @Test
  void suggestsANameWhenThereIsNoSuchPattern() {
    assertThatThrownBy(() -> PatternCatalogue.named("bearing-waer"))
        .hasMessage(
            "The catalogue holds no pattern \"bearing-waer\". Did you mean \"bearing-wear\"?");
    assertThatThrownBy(() -> PatternCatalogue.reference("azure-pdm-evnts"))
        .hasMessage(
            "There is no reference set \"azure-pdm-evnts\". Did you mean \"azure-pdm-events\"?");
  }
}
