package io.foreshock.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.watch.Runbook.Block;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs the commands of every runbook on a real broker and real Flink processes and compares what
 * they print. The build runs four of them; {@code -Dforeshock.runbook=all} runs every one, {@code
 * -Dforeshock.runbook=<name>} that one.
 */
class RunbooksITCase {
  private static final List<String> JOBS = List.of("precursors", "ingest");
  private static final String ALL = "all";

  /** What the build runs; all together take as long as the rest of its tests. */
  private static final Set<String> SHORT =
      Set.of("upgrade", "rescale", "restore-from-checkpoint", "poison-message");

  static Stream<Runbook> runbooks() {
    String only = System.getProperty("foreshock.runbook", "");
    return Runbook.all().stream()
        .filter(
            book ->
                switch (only) {
                  case "" -> SHORT.contains(book.name());
                  case ALL -> true;
                  default -> only.equals(book.name());
                });
  }

  @BeforeAll
  static void tools() {
    RequiredTools.demand("jq", "curl");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("runbooks")
  void commandsDoWhatThePageSays(Runbook book) {
    Installation installation = Installation.shared();
    installation.demand(JOBS);
    assertThat(book.blocks()).as(book.name() + " has commands").isNotEmpty();

    long begin = System.nanoTime();
    Shell.Result result = new Shell(installation.environment()).run(book.script());

    for (Block block : book.blocks()) {
      System.out.printf(
          "=== %s.md:%d%n%s%n%s%n",
          book.name(),
          block.line(),
          block.commands().lines().map(line -> "$ " + line).collect(Collectors.joining("\n")),
          book.of(block, result.output()));
    }
    System.out.printf("=== %s took %.1f s%n", book.name(), (System.nanoTime() - begin) / 1e9);
    assertThat(result.exitCode()).as(book.name() + " printed:\n" + result.output()).isZero();
    for (Block block : book.blocks()) {
      String printed = book.of(block, result.output());
      int from = 0;
      for (String expected : block.expected()) {
        Matcher found = line(expected).matcher(printed);
        assertThat(found.find(from))
            .as(
                "%s.md:%d says it prints%n%s%nbut from there on it printed%n%s",
                book.name(), block.line(), expected, printed.substring(from))
            .isTrue();
        from = found.end();
      }
    }
  }

  private static Pattern line(String expected) {
    String regex =
        Stream.of(expected.strip().split("…", -1))
            .map(Pattern::quote)
            .collect(Collectors.joining(".*"));
    return Pattern.compile("^\\s*" + regex + "\\s*$", Pattern.MULTILINE);
  }
}
