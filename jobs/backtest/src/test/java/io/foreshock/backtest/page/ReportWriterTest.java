package io.foreshock.backtest.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReportWriterTest {
  @Test
  void writesOneFile() throws Exception {
    Report report = SampleReport.of(24);
    Path file = Path.of("target/sample-report.html");
    long bytes = new ReportWriter(report, SampleReport.tracks(report)).write(file);
    assertThat(Files.readString(file)).contains("uPlot");
    assertThat(bytes).isPositive();
  }
}
