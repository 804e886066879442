package io.foreshock.cli.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.foreshock.cli.TestConsole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** Backtests of public recordings, which lie beside the project or are skipped. */
abstract class PublishedBacktest {
  /** Folder of real data: system property, else beside the project. */
  private static final Path REAL_DATA =
      Path.of(System.getProperty("foreshock.data", "../../../shared/data"));

  @TempDir private Path folder;

  /**
   * Runs the command and reads what it writes with {@code --json}.
   *
   * @param set folder of the recording
   */
  final JsonNode backtest(String set, String format) throws IOException {
    Path data = REAL_DATA.resolve(set);
    assumeTrue(
        Files.isDirectory(data),
        "Skipped: the public data are not in "
            + data.toAbsolutePath().normalize()
            + ". Point -Dforeshock.data to the folder that holds "
            + set
            + ".");
    Path json = folder.resolve("figures.json");
    TestConsole console = new TestConsole();
    int code =
        console.execute(
            List.of(
                "backtest",
                "--data",
                data.toString(),
                "--format",
                format,
                "--json",
                json.toString(),
                "--verbose"));
    assertThat(code).as(console.errors()).isZero();
    assertThat(console.output()).contains("nothing refused");
    return new ObjectMapper().readTree(json.toFile());
  }
}
