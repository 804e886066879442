package io.foreshock.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foreshock.runtime.StartRefused;
import io.foreshock.runtime.config.CommandLine;
import io.foreshock.runtime.config.Options;
import io.foreshock.runtime.config.ReferencePage;
import io.foreshock.runtime.config.Settings;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreOptionsTest {
  private static final Options ALL = new Options(StoreOptions.ALL);

  @Test
  void pageIsWhatTheCodeDeclares() throws Exception {
    CommittedFile.assertIsCurrent(Path.of("OPTIONS.md"), ReferencePage.markdown("store", ALL));
  }

  @Test
  void nothingIsStoredUnlessAnAddressIsGiven() {
    assertThat(StoreConfig.from(settings())).isEmpty();
  }

  @Test
  void passwordIsNamedAndNeverWritten() {
    Settings settings =
        settings("-Dstore.url=jdbc:postgresql://db/x", "-Dstore.password=${env:STORE_PASSWORD}");
    Optional<StoreConfig> config = StoreConfig.from(settings);
    assertThat(config.orElseThrow().access().password()).isEqualTo("${env:STORE_PASSWORD}");

    assertThatThrownBy(() -> settings("-Dstore.url=jdbc:postgresql://db/x", "-Dstore.password=x7"))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("store.password must be ${env:NAME} or ${file:/path}")
        .hasMessageNotContaining("x7");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://db/x?user=a&password=x7",
        "jdbc:postgresql://db/x?sslpassword=x7",
        "jdbc:postgresql://a:x7@db/x"
      })
  void addressWithAPasswordIsRefused(String url) {
    assertThatThrownBy(() -> settings("-Dstore.url=" + url))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("store.url must not hold a password")
        .hasMessageNotContaining("x7");
  }

  private static Settings settings(String... arguments) {
    return Settings.read(ALL, CommandLine.parse(arguments));
  }
}
