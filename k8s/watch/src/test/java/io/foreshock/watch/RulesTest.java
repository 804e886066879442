package io.foreshock.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Rules, their metrics, pages and promtool's unit tests. */
class RulesTest {
  private static final Path FOLDER = Installation.ROOT.resolve("k8s/rules");

  @Test
  void everyRuleHasSeverityWordsAndAPageThatNamesIt() throws IOException {
    List<JsonNode> rules = rules();
    assertThat(rules).hasSizeGreaterThan(15);
    for (JsonNode rule : rules) {
      String name = rule.path("alert").asText();
      assertThat(rule.path("labels").path("severity").asText()).isIn("page", "ticket");
      assertThat(rule.path("annotations").path("summary").asText()).as(name).isNotEmpty();
      assertThat(rule.path("annotations").path("description").asText()).as(name).isNotEmpty();
      Path page = Installation.ROOT.resolve(rule.path("annotations").path("runbook").asText());
      assertThat(page).content().as("the page names " + name).contains(name);
    }
  }

  @Test
  void metricsAreThoseOfTheList() throws IOException {
    Set<String> used =
        Expressions.metrics(rules().stream().map(rule -> rule.path("expr").asText()).toList());
    assertThat(MetricList.read().names()).containsAll(used);
  }

  @Test
  void everyRuleIsSeenToFireInAUnitTest() throws IOException {
    Set<String> tested = new TreeSet<>();
    JsonNode tests = new YAMLMapper().readTree(FOLDER.resolve("foreshock-test.yaml").toFile());
    for (JsonNode alert : tests.findValues("alert_rule_test")) {
      for (JsonNode one : alert) {
        if (!one.path("exp_alerts").isEmpty()) {
          tested.add(one.path("alertname").asText());
        }
      }
    }
    assertThat(rules()).extracting(rule -> rule.path("alert").asText()).allMatch(tested::contains);
  }

  @Test
  void promtoolAcceptsRulesAndTheirUnitTests() {
    RequiredTools.demand("promtool");
    Shell shell = new Shell(Map.of());
    shell.run("promtool check rules k8s/rules/foreshock.yaml").demandSuccess();
    shell.run("promtool test rules k8s/rules/foreshock-test.yaml").demandSuccess();
  }

  private static List<JsonNode> rules() throws IOException {
    return new YAMLMapper()
        .readTree(FOLDER.resolve("foreshock.yaml").toFile()).findValues("rules").stream()
            .flatMap(rules -> java.util.stream.StreamSupport.stream(rules.spliterator(), false))
            .toList();
  }
}
