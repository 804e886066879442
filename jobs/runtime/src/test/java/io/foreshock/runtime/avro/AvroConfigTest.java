package io.foreshock.runtime.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foreshock.runtime.StartRefused;
import io.foreshock.runtime.config.CommandLine;
import io.foreshock.runtime.config.Options;
import io.foreshock.runtime.config.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AvroConfigTest {
  private static final String KEY = "-Davro.schema-registry.";

  @Test
  void needsNoRegistry() {
    assertThat(AvroConfig.from(settings()).usesRegistry()).isFalse();
  }

  @Test
  void takesSeveralAddressesAndShowsNoSecret(@TempDir Path folder) throws Exception {
    Path secret = Files.writeString(folder.resolve("token"), "s3cret");
    Settings settings =
        settings(
            KEY + "url=https://registry-1:8081/, https://registry-2:8081",
            KEY + "token=${file:" + secret + "}");
    AvroConfig config = AvroConfig.from(settings);

    assertThat(config.urls()).containsExactly("https://registry-1:8081", "https://registry-2:8081");
    assertThat(settings.describe() + config).doesNotContain("s3cret").contains("${file:");
  }

  @Test
  void refusesEverythingThatIsWrongAtOnce(@TempDir Path folder) throws Exception {
    Path noCertificate = Files.writeString(folder.resolve("ca.crt"), "hello");
    assertThatThrownBy(
            () ->
                AvroConfig.from(
                    settings(
                        KEY + "url=http://registry:8081",
                        KEY + "username=me",
                        KEY + "token=${env:FORESHOCK_NOT_SET}",
                        KEY + "ca-file=" + noCertificate)))
        .isInstanceOfSatisfying(
            StartRefused.class,
            refused ->
                assertThat(refused.problems())
                    .hasSize(4)
                    .anyMatch(problem -> problem.contains("only one is set"))
                    .anyMatch(problem -> problem.contains("two ways to say who one is"))
                    .anyMatch(problem -> problem.contains("FORESHOCK_NOT_SET is not set"))
                    .anyMatch(problem -> problem.contains("ca-file") && problem.contains("PEM")));
    assertThatThrownBy(() -> AvroConfig.from(settings(KEY + "username=me")))
        .hasMessageContaining("but avro.schema-registry.url is empty");
  }

  @Test
  void secretsDoNotStandInOptions() {
    assertThatThrownBy(() -> settings(KEY + "password=hunter2"))
        .hasMessageContaining("must be ${env:NAME} or ${file:/path}, never the secret itself")
        .hasMessageNotContaining("hunter2");
    assertThatThrownBy(() -> settings(KEY + "url=http://me:hunter2@registry:8081"))
        .hasMessageContaining("must not hold a password")
        .hasMessageNotContaining("hunter2");
    assertThatThrownBy(() -> settings(KEY + "url=registry:8081"))
        .hasMessageContaining("must be http:// or https:// addresses");
  }

  private static Settings settings(String... arguments) {
    return Settings.read(new Options(AvroOptions.ALL), CommandLine.parse(arguments));
  }
}
