package io.foreshock.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalPostgresITCase {

  @BeforeAll
  static void needsServer() {
    if (!"true".equals(System.getenv("CI"))) {
      Assumptions.assumeTrue(
          LocalPostgres.missing().isEmpty(), () -> LocalPostgres.missing().orElse(""));
    }
  }

  @Test
  void serverKeepsDataAndPortOverAPowerCutAndACleanStop(@TempDir Path folder) {
    try (LocalPostgres postgres = LocalPostgres.start(folder)) {
      String address = postgres.jdbcUrl();
      postgres.query("CREATE TABLE survivors (name text); INSERT INTO survivors VALUES ('a')");

      postgres.kill();
      assertThat(postgres.isAlive()).isFalse();
      postgres.restart();
      postgres.query("INSERT INTO survivors VALUES ('b')");

      postgres.stop();
      assertThat(postgres.isAlive()).isFalse();
      assertThatThrownBy(() -> postgres.query("SELECT 1"))
          .isInstanceOf(LocalClusterException.class)
          .hasMessageContaining("Connection refused");
      postgres.restart();

      assertThat(postgres.jdbcUrl()).isEqualTo(address);
      assertThat(postgres.query("SELECT name, length(name) FROM survivors ORDER BY name"))
          .containsExactly("a|1", "b|1");
    }
  }

  @Test
  void serverEndsWhenItsParentIsKilled(@TempDir Path folder) throws Exception {
    Process parent =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Parent.class.getName(),
                folder.toString())
            .redirectErrorStream(true)
            .start();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(parent.getInputStream(), StandardCharsets.UTF_8))) {
      long server = Long.parseLong(reader.readLine());
      Path home = Path.of(reader.readLine());
      assertThat(isAlive(server)).isTrue();

      parent.destroyForcibly();

      Await.until("the server's end", Duration.ofSeconds(20), () -> !isAlive(server));
      LocalPostgres.remove(home);
    }
  }

  private static boolean isAlive(long pid) {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }

  /** Starts a server, prints its process id and waits to be killed. */
  static final class Parent {
    public static void main(String[] args) throws Exception {
      LocalPostgres postgres = LocalPostgres.start(Path.of(args[0]));
      System.out.println(postgres.pid());
      System.out.println(postgres.home());
      new CountDownLatch(1).await();
    }
  }
}
