package io.foreshock.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log configuration of k8s/components/logs, read by a process that logs. */
class LogFormatTest {
  private static final String JOB = "00112233445566778899aabbccddeeff";

  @TempDir private Path folder;

  @Test
  void lineIsAnObjectWithJobTenantAndAsset() throws Exception {
    List<String> lines = log("json");

    assertThat(lines).hasSize(2);
    JsonNode line = new ObjectMapper().readTree(lines.get(0));
    assertThat(line.path("level").asText()).isEqualTo("WARN");
    assertThat(line.path("job_id").asText()).isEqualTo(JOB);
    assertThat(line.path("tenant").asText()).isEqualTo("acme");
    assertThat(line.path("asset").asText()).isEqualTo("pump \"7\"");
    assertThat(line.path("message").asText())
        .isEqualTo("Lost a message of asset acme/pump \"7\"\nthat waited");
    assertThat(line.path("logger").asText()).endsWith("LogSample");
    assertThat(Instant.parse(line.path("time").asText())).isBefore(Instant.now());
  }

  @Test
  void exceptionStaysOnItsLineAndNobodyIsNamedWhomItIsNotAbout() throws Exception {
    JsonNode line = new ObjectMapper().readTree(log("json").get(1));

    assertThat(line.path("exception").asText().strip())
        .startsWith("java.lang.IllegalStateException: the \"store\" is full\n\tat ");
    assertThat(line.path("tenant").asText()).isEmpty();
    assertThat(line.path("asset").asText()).isEmpty();
    assertThat(line.path("job_id").asText()).isEmpty();
  }

  @Test
  void withoutTheVariableLinesArePlain() throws Exception {
    assertThat(log("")).first().asString().contains(" WARN ").doesNotStartWith("{");
  }

  @Test
  void operatorHandsTheVariableToBothKindsOfPods() throws Exception {
    JsonNode flink = component().path("spec").path("flinkConfiguration");
    assertThat(flink.path("containerized.master.env.FORESHOCK_LOG_FORMAT").asText())
        .isEqualTo("json");
    assertThat(flink.path("containerized.taskmanager.env.FORESHOCK_LOG_FORMAT").asText())
        .isEqualTo("json");
  }

  private List<String> log(String format) throws Exception {
    Path configuration =
        Files.writeString(
            folder.resolve("log4j-console.properties"),
            component()
                .path("spec")
                .path("logConfiguration")
                .path("log4j-console.properties")
                .asText());
    ProcessBuilder java =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            "-Dlog.file=" + folder.resolve("flink.log"),
            "-Dlog4j.configurationFile=" + configuration.toUri(),
            LogSample.class.getName(),
            JOB);
    if (format.isEmpty()) {
      java.environment().remove("FORESHOCK_LOG_FORMAT");
    } else {
      java.environment().put("FORESHOCK_LOG_FORMAT", format);
    }
    Process process = java.start();
    List<String> lines =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();
    assertThat(process.waitFor())
        .as(new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
        .isZero();
    assertThat(folder.resolve("flink.log")).content().contains("It failed");
    return lines;
  }

  private static JsonNode component() throws IOException {
    return new YAMLMapper()
        .readTree(Installation.ROOT.resolve("k8s/components/logs/log-configuration.yaml").toFile());
  }
}
