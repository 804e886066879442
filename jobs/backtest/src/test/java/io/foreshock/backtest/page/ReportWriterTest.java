package io.foreshock.backtest.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportWriterTest {
  private static final Pattern BLOCK =
      Pattern.compile("<script type=\"application/json\" id=\"([a-z0-9-]+)\">(.*?)</script>");

  @TempDir Path folder;

  @BeforeEach
  void hasLibrary() {
    boolean there = PageParts.class.getResource("lib/uPlot.iife.min.js") != null;
    assertThat(there || !"true".equals(System.getenv("CI")))
        .as("the build brings the plotting library with npm (package npm on Debian)")
        .isTrue();
    assumeTrue(there, "The plotting library was not built in: there was no npm (package npm).");
  }

  @Test
  void escapesNamesThatLookLikeMarkup() throws Exception {
    String page = page(SampleReport.of(3));

    assertThat(page).doesNotContain("</script><b>");
    Matcher blocks = BLOCK.matcher(page);
    assertThat(blocks.find()).isTrue();
    JsonNode fleet = new ObjectMapper().readTree(blocks.group(2));
    assertThat(fleet.at("/machines/0/id").asText()).isEqualTo(SampleReport.WICKED);
  }

  @Test
  void allowsNoScriptAndNoStyleButItsOwn() throws Exception {
    String page = page(SampleReport.of(1));

    Matcher scripts = Pattern.compile("<script>(.*?)</script>", Pattern.DOTALL).matcher(page);
    int count = 0;
    while (scripts.find()) {
      assertThat(page).contains(PageParts.hash(scripts.group(1)));
      count++;
    }
    assertThat(count).isEqualTo(2);
    assertThat(page).contains("default-src 'none'").doesNotContain("unsafe-inline");
  }

  @Test
  void carriesTheLicenceOfTheLibrary() throws Exception {
    assertThat(page(SampleReport.of(1))).contains("The MIT License", "Leon Sorokin");
  }

  @Test
  void replacesAFileThatIsThereAndMakesFolders() throws Exception {
    Report report = SampleReport.of(2);
    Path file = folder.resolve("new/folder/report.html");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "old");

    long bytes = new ReportWriter(report, SampleReport.tracks(report)).write(file);

    assertThat(file).hasSize(bytes);
    assertThat(bytes).isGreaterThan(60_000);
    try (var files = Files.list(file.getParent())) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void namesTheFileThatCannotBeWritten() throws Exception {
    Report report = SampleReport.of(1);
    Path folderInTheWay = Files.createDirectories(folder.resolve("report.html/inside"));

    assertThatThrownBy(
            () ->
                new ReportWriter(report, SampleReport.tracks(report))
                    .write(folderInTheWay.getParent()))
        .isInstanceOf(ReportException.class)
        .hasMessageStartingWith("Cannot write the report " + folderInTheWay.getParent());
  }

  @Test
  void refusesAnEventOfAMachineThatIsNotInTheReport() {
    Report sample = SampleReport.of(2);
    Report lacking =
        new Report(
            sample.heading(),
            sample.machines().subList(0, 1),
            sample.failures(),
            sample.alarms(),
            sample.work(),
            List.of(),
            List.of(),
            Optional.empty(),
            sample.words());

    assertThatThrownBy(() -> page(lacking))
        .isInstanceOf(ReportException.class)
        .hasMessage("An event names the machine \"pump-1\", which is not in the report.");
  }

  private static String page(Report report) throws Exception {
    StringWriter page = new StringWriter();
    new ReportWriter(report, SampleReport.tracks(report)).write(page);
    return page.toString();
  }
}
