package io.foreshock.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrphanTest {

  @Test
  void childEndsWhenItsParentIsKilled(@TempDir Path folder) throws Exception {
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
      long child = Long.parseLong(reader.readLine());
      assertThat(isAlive(child)).isTrue();

      parent.destroyForcibly();

      Await.until("the child's end", Duration.ofSeconds(20), () -> !isAlive(child));
    }
  }

  @Test
  void failureShowsTheLastLinesOfTheProcess(@TempDir Path folder) {
    ChildProcess child =
        ChildProcess.start(
            "unlucky",
            folder,
            Map.of(),
            ClassPath.all(),
            List.of("-Xmx32m"),
            List.of("no.such.Main"));
    Await.until("its end", Duration.ofSeconds(20), () -> !child.isAlive());
    assertThat(child.obituary())
        .startsWith("unlucky ended with exit code 1. Last lines of ")
        .contains("ClassNotFoundException: no.such.Main");
  }

  private static boolean isAlive(long pid) {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }

  /** Starts a child, prints its id and waits to be killed. */
  static final class Parent {
    public static void main(String[] args) throws Exception {
      ChildProcess child =
          ChildProcess.start(
              "sleeper",
              Path.of(args[0]),
              Map.of(),
              ClassPath.all(),
              List.of("-Xmx32m"),
              List.of(Sleeper.class.getName()));
      System.out.println(child.pid());
      new CountDownLatch(1).await();
    }
  }

  /** Does nothing for ever. */
  public static final class Sleeper {
    public static void main(String[] args) throws Exception {
      new CountDownLatch(1).await();
    }
  }
}
