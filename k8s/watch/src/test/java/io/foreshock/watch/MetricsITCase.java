package io.foreshock.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MetricsITCase {
  @Test
  void listNamesWhatRunningJobsReport() throws Exception {
    Installation installation = Installation.shared();
    installation.demand(Installation.JOBS);
    new Shell(installation.environment())
        .run("await total_beyond flink_taskmanager_job_task_operator_alertRevisions . 3")
        .demandSuccess();
    Files.writeString(Path.of("/tmp/watch-scrape.txt"), installation.scrape());
    assertThat(true).isTrue();
  }
}
