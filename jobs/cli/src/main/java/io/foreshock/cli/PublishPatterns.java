package io.foreshock.cli;

import io.foreshock.model.PatternDocument;
import io.foreshock.model.PatternStatus;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code foreshock patterns publish}. */
@Command(
    name = "publish",
    description = {
      "Checks pattern files and publishes them to running jobs. What is published already is left alone.",
      ""
    },
    mixinStandardHelpOptions = true)
final class PublishPatterns implements Callable<Integer> {
  static final Duration ANSWER = Duration.ofSeconds(30);

  @Spec private CommandSpec spec;
  @Mixin private PatternTopicOptions topic;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Files or folders of YAML.")
  private List<Path> files;

  @Option(
      names = "--channels",
      paramLabel = "FILE",
      description = "Channels beside those of the catalogue.")
  private List<Path> channels;

  @Option(names = "--paused", description = "Known to the jobs, but matches nothing yet.")
  private boolean paused;

  @Option(
      names = "--wait",
      description = "Wait for a job's answer, and fail when it refuses (30 s at most).")
  private boolean wait;

  @Override
  public Integer call() {
    List<PatternDocument> documents = PatternDocuments.read(files, channels, topic.tenant());
    PatternsOnTopic published = topic.open();
    Map<String, PatternDocument> before = published.documents();
    List<String> problems = new ArrayList<>();
    documents.forEach(document -> check(document, before.get(document.key()), problems));
    if (!problems.isEmpty()) {
      throw CliFailure.wrongInput("Nothing was published.\n  " + String.join("\n  ", problems));
    }
    int refused = 0;
    for (PatternDocument document : documents) {
      refused += publish(document.withPaused(paused), before.get(document.key()), published);
    }
    return refused == 0 ? 0 : 1;
  }

  private static void check(
      PatternDocument document, PatternDocument before, List<String> problems) {
    if (before == null) {
      return;
    }
    if (document.version() < before.version()) {
      problems.add(
          "%s: version %d is older than version %d, which is published. Use version %d."
              .formatted(
                  document.key(), document.version(), before.version(), before.version() + 1));
    } else if (document.version() == before.version() && !document.yaml().equals(before.yaml())) {
      problems.add(
          "%s: version %d is published with other content. Use version %d for the changed pattern."
              .formatted(document.key(), document.version(), document.version() + 1));
    }
  }

  private int publish(PatternDocument document, PatternDocument before, PatternsOnTopic published) {
    return document.sameAs(before)
        ? answer(spec, before, "is published already", wait, published)
        : send(spec, document, "published", wait, published);
  }

  /** Publishes one document now; returns 1 when a job refuses it. */
  static int send(
      CommandSpec spec,
      PatternDocument document,
      String done,
      boolean wait,
      PatternsOnTopic published) {
    PatternDocument now =
        document.published(System.currentTimeMillis(), System.getProperty("user.name", ""));
    published.put(now);
    return answer(spec, now, done, wait, published);
  }

  private static int answer(
      CommandSpec spec,
      PatternDocument document,
      String done,
      boolean wait,
      PatternsOnTopic published) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(document.key() + " version " + document.version() + " " + done);
    out.flush();
    if (!wait) {
      return 0;
    }
    PatternStatus status = published.await(document.key(), document.publishedAtMillis(), ANSWER);
    return told(spec, document.key(), status);
  }

  /** Prints a job's answer; returns 1 when it refuses. */
  static int told(CommandSpec spec, String key, PatternStatus status) {
    PrintWriter out = spec.commandLine().getOut();
    boolean refused = status.state() == PatternStatus.State.REFUSED;
    PrintWriter told = refused ? spec.commandLine().getErr() : out;
    told.println(key + " is " + ListPatterns.word(status.state()) + " by the job");
    status.reasons().forEach(reason -> told.println("  " + reason));
    told.flush();
    return refused ? 1 : 0;
  }
}
