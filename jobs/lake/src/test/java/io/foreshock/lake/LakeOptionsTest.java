package io.foreshock.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foreshock.runtime.StartRefused;
import io.foreshock.runtime.config.CommandLine;
import io.foreshock.runtime.config.Options;
import io.foreshock.runtime.config.ReferencePage;
import io.foreshock.runtime.config.Settings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LakeOptionsTest {
  private static final Options ALL = new Options(LakeOptions.ALL);

  @Test
  void pageIsWhatTheCodeDeclares() throws Exception {
    CommittedFile.assertIsCurrent(Path.of("OPTIONS.md"), ReferencePage.markdown("lake", ALL));
  }

  @Test
  void noLakeIsWrittenUnlessAPathIsGiven() {
    assertThat(LakeConfig.from(settings())).isEmpty();
  }

  @Test
  void pathIsAFolderOrAUri() {
    assertThat(folder("/srv/lake")).isEqualTo(URI.create("/srv/lake"));
    assertThat(folder("s3://plant-1/lake")).isEqualTo(URI.create("s3://plant-1/lake"));
    assertThatThrownBy(() -> settings("-Dlake.path=lake"))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining(
            "lake.path must be absolute or a URI, but is \"lake\" (command line). Use e.g."
                + " \"s3://plant-1/lake\".");
  }

  @Test
  void publishIntervalIsRoundedUpToWholeCheckpoints() {
    assertThat(LakeSinks.checkpoints(Duration.ofMinutes(5), 1_000)).isEqualTo(300);
    assertThat(LakeSinks.checkpoints(Duration.ofMillis(1_001), 1_000)).isEqualTo(2);
    assertThat(LakeSinks.checkpoints(Duration.ofMillis(1), 60_000)).isEqualTo(1);
  }

  private static URI folder(String path) {
    return LakeConfig.from(settings("-Dlake.path=" + path)).orElseThrow().folder();
  }

  private static Settings settings(String... arguments) {
    return Settings.read(ALL, CommandLine.parse(arguments));
  }
}
