package io.foreshock.cli;

import io.foreshock.model.PatternDocument;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code foreshock patterns pause}. */
@Command(
    name = "pause",
    description = {
      "Lets a published pattern match nothing until it is resumed; what is half matched is given up.",
      ""
    },
    mixinStandardHelpOptions = true)
final class PausePattern implements Callable<Integer> {
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
    return PublishPatterns.send(spec, document.withPaused(true), "paused", wait, published);
  }
}
