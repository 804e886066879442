package io.foreshock.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The rules that people copy from the README name metrics that exist. */
class AlertRulesTest {
  private static final String OPERATOR = "flink_taskmanager_job_task_operator_foreshock_";

  @Test
  void rulesNameTheMetricsOfTheCommitter() throws Exception {
    String readme = Files.readString(Path.of("README.md"));
    assertThat(readme)
        .contains("max_over_time(" + OPERATOR + ReportingCommitter.LOST + "[1h]) > 0")
        .contains("max_over_time(" + OPERATOR + ReportingCommitter.DOUBTFUL + "[1h]) > 0");
  }
}
