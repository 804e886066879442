package io.foreshock.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.runtime.config.ReferencePage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class OptionsPageTest {

  @Test
  void pageIsWhatTheCodeDeclares() throws IOException {
    Path page = Path.of("OPTIONS.md");
    String declared = ReferencePage.markdown(ProbeMain.NAME, ProbeOptions.ALL);
    if (Boolean.getBoolean("foreshock.write")) {
      Files.writeString(page, declared);
    }
    assertThat(page).as("run with -Dforeshock.write=true to write it anew").hasContent(declared);
  }
}
