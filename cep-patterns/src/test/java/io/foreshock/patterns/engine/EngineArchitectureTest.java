package io.foreshock.patterns.engine;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** flink-cep's matcher is no API; what a new Flink version breaks is to be in one place. */
@AnalyzeClasses(packages = "io.foreshock", importOptions = ImportOption.DoNotIncludeTests.class)
class EngineArchitectureTest {

  @ArchTest
  static final ArchRule ONLY_THE_ENGINE_TOUCHES_THE_MATCHER =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.foreshock.patterns.engine..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.flink.cep.nfa",
              "org.apache.flink.cep.nfa.compiler..",
              "org.apache.flink.cep.nfa.sharedbuffer..",
              "org.apache.flink.cep.operator..",
              "org.apache.flink.cep.time..")
          .because("they are unannotated or internal in flink-cep");
}
