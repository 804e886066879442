package io.foreshock.cli;

import io.foreshock.model.PatternDocument;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What is published already, published again with a switch turned. */
abstract class RepublishPattern implements Callable<Integer> {
  private final boolean paused;
  private final String done;

  @Spec private CommandSpec spec;
  @Mixin private PatternTopicOptions topic;

  @Parameters(paramLabel = "NAME", description = "Name of the pattern.")
  private String name;

  @Option(
      names = "--wait",
      description = "Wait for a job's answer, and fail when it refuses (30 s at most).")
  private boolean wait;

  private RepublishPattern(boolean paused, String done) {
    this.paused = paused;
    this.done = done;
  }

  @Override
  public Integer call() {
    PatternsOnTopic published = topic.open();
    PatternDocument document = published.named(topic.key(name));
    return PublishPatterns.send(spec, document.withPaused(paused), done, wait, published);
  }

  /** {@code foreshock patterns pause}. */
  @Command(
      name = "pause",
      description = {
        "Lets a published pattern match nothing until it is resumed; what is half matched is given up.",
        ""
      },
      mixinStandardHelpOptions = true)
  static final class Pause extends RepublishPattern {
    Pause() {
      super(true, "paused");
    }
  }

  /** {@code foreshock patterns resume}. */
  @Command(
      name = "resume",
      description = {"Lets a paused pattern match again.", ""},
      mixinStandardHelpOptions = true)
  static final class Resume extends RepublishPattern {
    Resume() {
      super(false, "resumed");
    }
  }
}
