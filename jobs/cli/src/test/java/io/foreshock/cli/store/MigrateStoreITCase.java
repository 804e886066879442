package io.foreshock.cli.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.cli.TestConsole;
import io.foreshock.local.LocalPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrateStoreITCase {

  @Test
  void createsTheTablesOnceAndSaysWhatItDid(@TempDir Path folder) throws Exception {
    if (!"true".equals(System.getenv("CI"))) {
      Assumptions.assumeTrue(
          LocalPostgres.missing().isEmpty(), () -> LocalPostgres.missing().orElse(""));
    }
    try (LocalPostgres postgres = LocalPostgres.start(folder)) {
      Path secret = Files.writeString(folder.resolve("secret"), postgres.password());
      List<String> migrate =
          List.of(
              "store",
              "migrate",
              "--url",
              postgres.jdbcUrl(),
              "--password",
              "${file:" + secret + "}");
      List<String> dry = new ArrayList<>(migrate);
      dry.add("--dry-run");

      assertThat(run(dry, 0)).isEqualTo(lines("missing  "));
      assertThat(run(migrate, 0))
          .isEqualTo(lines("applied  ") + "Schema foreshock is up to date.\n");
      assertThat(run(migrate, 0)).isEqualTo("Schema foreshock is up to date.\n");
      assertThat(postgres.query("SELECT count(*) FROM foreshock.readings")).containsExactly("0");
    }
  }

  @Test
  void namesWhatIsWrongWithoutAStackTraceOrAPassword() {
    TestConsole console = new TestConsole();
    assertThat(
            console.execute(
                List.of("store", "migrate", "--url", "jdbc:mysql://db/x", "--password", "x7")))
        .isEqualTo(2);
    assertThat(console.errors())
        .contains(
            "store.url must begin with jdbc:postgresql:", "store.password must be ${env:NAME}")
        .doesNotContain("x7", "\tat ");

    TestConsole away = new TestConsole();
    assertThat(
            away.execute(List.of("store", "migrate", "--url", "jdbc:postgresql://127.0.0.1:1/x")))
        .isEqualTo(1);
    assertThat(away.errors())
        .contains("The store cannot be used (store.url=jdbc:postgresql://127.0.0.1:1/x", "refused")
        .doesNotContain("\tat ");
  }

  private static String run(List<String> arguments, int code) {
    TestConsole console = new TestConsole();
    assertThat(console.execute(arguments)).as(console.errors()).isEqualTo(code);
    return console.output();
  }

  private static String lines(String prefix) {
    StringBuilder lines = new StringBuilder();
    for (String name :
        List.of(
            "1 telemetry",
            "2 store telemetry",
            "3 detections",
            "4 tenants",
            "5 functions of later migrations",
            "6 sessions")) {
      lines.append(prefix).append(name).append('\n');
    }
    return lines.toString();
  }
}
