package io.foreshock.backtest.page;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The report as a reader sees it; the checks stand in {@code src/test/browser}. */
class ReportInChromiumITCase {

  @TestFactory
  Stream<DynamicTest> sampleFleet() throws Exception {
    Report report = SampleReport.of(24);
    Path file = Path.of("target/reports/sample.html");
    new ReportWriter(report, SampleReport.tracks(report)).write(file);
    return Chromium.check("sample-checks.mjs", file);
  }

  @TestFactory
  Stream<DynamicTest> nothingAtAll() throws Exception {
    Report report =
        new Report(
            new Report.Heading(
                "Nothing", List.of(), ZoneOffset.UTC, Instant.EPOCH, List.of(), List.of(), ""),
            List.of(new Report.Machine("lonely", "", List.of())),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            Optional.empty(),
            EvidenceWords.plain(Map.of()));
    Path file = Path.of("target/reports/nothing.html");
    new ReportWriter(report, new Tracks(report, 0, 0)).write(file);
    return Chromium.check("empty-checks.mjs", file);
  }
}
