package io.foreshock.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

  @Test
  void prometheusIsToldWhereJobsAndServicesServeTheirMetrics(@TempDir Path folder)
      throws IOException {
    RequiredTools.demand("promtool");
    String configuration = Files.readString(FOLDER.resolve("prometheus.yaml"));
    // Debian's promtool is built without Kubernetes.
    Path known = folder.resolve("prometheus.yaml");
    Files.writeString(
        known,
        configuration.replaceFirst(
            "kubernetes_sd_configs:\\n +- role: pod", "static_configs:\n      - targets: [pod]"));
    Files.copy(FOLDER.resolve("foreshock.yaml"), folder.resolve("foreshock.yaml"));
    new Shell(Map.of("CONFIG", known.toString()))
        .run("promtool check config \"$CONFIG\"")
        .demandSuccess();
    for (String service : List.of("mqtt-bridge", "notifier", "probe")) {
      assertThat(configuration).contains("\"" + service + ":" + port(service) + "\"");
    }
    assertThat(Installation.ROOT.resolve("k8s/components/flink/pods.yaml"))
        .content()
        .contains("prometheus.io/port: \"9249\"", "containerPort: 9249");
    assertThat(Installation.ROOT.resolve("k8s/components/flink/flink-configuration.yaml"))
        .content()
        .contains("metrics.reporter.prom.port: \"9249\"");
  }

  /** Of its page of options, which the build writes. */
  private static String port(String service) throws IOException {
    Matcher row =
        Pattern.compile("\\| `metrics.port` \\| integer \\| `(\\d+)`")
            .matcher(
                Files.readString(Installation.ROOT.resolve("jobs/" + service + "/OPTIONS.md")));
    assertThat(row.find()).isTrue();
    return row.group(1);
  }

  private static List<JsonNode> rules() throws IOException {
    return new YAMLMapper()
        .readTree(FOLDER.resolve("foreshock.yaml").toFile()).findValues("rules").stream()
            .flatMap(rules -> java.util.stream.StreamSupport.stream(rules.spliterator(), false))
            .toList();
  }
}
