package io.foreshock.runtime.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file of a module whose content the code decides. {@code -Dforeshock.write=true} writes it anew;
 * the difference is then for people to judge.
 */
public final class CommittedFile {

  private CommittedFile() {}

  public static void assertIsCurrent(Path file, String content) throws IOException {
    if (Boolean.getBoolean("foreshock.write")) {
      Files.writeString(file, content);
    }
    assertThat(file).as("run with -Dforeshock.write=true to write it anew").hasContent(content);
  }
}
