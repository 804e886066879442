package io.foreshock.alerts;

import io.foreshock.runtime.config.ReferencePage;
import io.foreshock.runtime.testing.CommittedFile;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class OptionsPageTest {

  @Test
  void pageIsWhatTheCodeDeclares() throws IOException {
    CommittedFile.assertIsCurrent(
        Path.of("OPTIONS.md"), ReferencePage.markdown(AlertsJob.NAME, AlertsOptions.ALL));
  }
}
