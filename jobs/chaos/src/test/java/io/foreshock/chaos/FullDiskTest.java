package io.foreshock.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FullDiskTest {

  @Test
  void takesNoByteMoreWhenFullAndTakesThemAgainWhenFreed(@TempDir Path parent) throws IOException {
    Path folder = parent.resolve("disk");
    Optional<FullDisk> mounted = FullDisk.mount(folder);
    assumeThat(mounted).as("this user may mount a disk; root may").isPresent();
    try (FullDisk disk = mounted.get()) {
      Path file = Files.write(folder.resolve("before"), new byte[100_000]);

      disk.fill();
      assertThatThrownBy(() -> Files.write(folder.resolve("after"), new byte[1_000_000]))
          .hasMessageContaining("No space left");
      Files.delete(file);
      disk.fill();
      assertThatThrownBy(() -> Files.write(folder.resolve("again"), new byte[50_000]))
          .as("room of a deleted file is filled, too")
          .hasMessageContaining("No space left");

      disk.free();
      assertThat(Files.size(Files.write(folder.resolve("free"), new byte[1_000_000])))
          .isEqualTo(1_000_000);
    }
    assertThat(folder).isEmptyDirectory();
  }
}
