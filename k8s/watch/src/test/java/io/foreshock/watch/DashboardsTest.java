package io.foreshock.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Dashboards as Grafana's model wants them (schemaVersion 39), and only with metrics of the list.
 */
class DashboardsTest {
  private static final Path FOLDER = Installation.ROOT.resolve("k8s/dashboards");
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{?([a-z]+)\\}?");
  private static final int COLUMNS = 24;

  static List<Path> dashboards() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }

  @Test
  void thereIsOneForPipelineDetectionAndTenants() throws IOException {
    assertThat(dashboards())
        .extracting(file -> file.getFileName().toString())
        .containsExactly(
            "foreshock-detection.json", "foreshock-pipeline.json", "foreshock-tenants.json");
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void modelIsComplete(Path file) throws IOException {
    JsonNode dashboard = new ObjectMapper().readTree(file.toFile());
    assertThat(dashboard.path("uid").asText())
        .as("uid, by which a dashboard is replaced")
        .isEqualTo(file.getFileName().toString().replace(".json", ""))
        .hasSizeLessThanOrEqualTo(40);
    assertThat(dashboard.path("title").asText()).isNotEmpty();
    assertThat(dashboard.path("schemaVersion").asInt()).isGreaterThanOrEqualTo(36);
    assertThat(dashboard.has("id")).as("an id belongs to one Grafana").isFalse();

    Set<String> variables = new HashSet<>();
    for (JsonNode variable : dashboard.path("templating").path("list")) {
      assertThat(variables.add(variable.path("name").asText())).isTrue();
    }
    assertThat(variables).contains("datasource");
    Set<Integer> ids = new HashSet<>();
    Set<String> taken = new HashSet<>();
    for (JsonNode panel : dashboard.path("panels")) {
      String title = panel.path("title").asText();
      assertThat(ids.add(panel.path("id").asInt())).as("id of " + title + " is unique").isTrue();
      assertPlace(title, panel.path("gridPos"), taken);
      if (!panel.path("type").asText().equals("row")) {
        assertPanel(title, panel, variables);
      }
    }
    assertThat(ids.size()).isGreaterThan(5);
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void metricsAreThoseOfTheList(Path file) throws IOException {
    JsonNode dashboard = new ObjectMapper().readTree(file.toFile());
    List<String> expressions = new ArrayList<>();
    dashboard.findValues("expr").forEach(expr -> expressions.add(expr.asText()));
    dashboard.findValues("definition").forEach(query -> expressions.add(query.asText()));

    Set<String> used = Expressions.metrics(expressions);

    assertThat(used).isNotEmpty();
    assertThat(MetricList.read().names()).containsAll(used);
  }

  private static void assertPlace(String title, JsonNode place, Set<String> taken) {
    int x = place.path("x").asInt(-1);
    int y = place.path("y").asInt(-1);
    assertThat(x).as("x of " + title).isNotNegative();
    assertThat(x + place.path("w").asInt()).as("right end of " + title).isBetween(1, COLUMNS);
    for (int column = x; column < x + place.path("w").asInt(); column++) {
      for (int row = y; row < y + place.path("h").asInt(); row++) {
        assertThat(taken.add(column + "," + row)).as(title + " covers another panel").isTrue();
      }
    }
  }

  private static void assertPanel(String title, JsonNode panel, Set<String> variables) {
    assertThat(panel.path("datasource").path("uid").asText()).isEqualTo("${datasource}");
    assertThat(panel.path("fieldConfig").path("defaults").path("unit").asText())
        .as("unit of " + title)
        .isNotEmpty();
    assertThat(panel.path("targets")).as("targets of " + title).isNotEmpty();
    Set<String> references = new HashSet<>();
    for (JsonNode target : panel.path("targets")) {
      assertThat(references.add(target.path("refId").asText())).as("refId in " + title).isTrue();
      Matcher variable = VARIABLE.matcher(target.path("expr").asText());
      while (variable.find()) {
        assertThat(variables).as("variables in " + title).contains(variable.group(1));
      }
    }
    Matcher runbook =
        Pattern.compile("Runbook: ([a-z-]+)").matcher(panel.path("description").asText());
    if (runbook.find()) {
      assertThat(Runbook.FOLDER.resolve(runbook.group(1) + ".md")).exists();
    }
  }
}
