package io.foreshock.cli;

import io.foreshock.model.PatternDocument;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code foreshock patterns resume}. */
@Command(
    name = "resume",
    description = {"Lets a paused pattern match again.", ""},
    mixinStandardHelpOptions = true)
final class ResumePattern implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private PatternTopicOptions topic;

  @Parameters(paramLabel = "NAME", description = "Name of the pattern.")
  private String name;

  @Option(
      names = "--wait",
      description = "Wait for a job's answer, and fail when it refuses (30 s at most).")
  private boolean wait;

  @Override
  public Integer call() {
    PatternsOnTopic published = topic.open();
    PatternDocument document = published.named(topic.key(name));
    return PublishPatterns.send(spec, document.withPaused(false), "resumed", wait, published);
  }
}
