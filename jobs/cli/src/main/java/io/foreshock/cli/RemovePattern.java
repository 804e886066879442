package io.foreshock.cli;

import io.foreshock.model.PatternDocument;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code foreshock patterns remove}. */
@Command(
    name = "remove",
    description = {
      "Removes a published pattern: it gives nothing more, and what is half matched is given up.",
      ""
    },
    mixinStandardHelpOptions = true)
final class RemovePattern implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private PatternTopicOptions topic;

  @Parameters(paramLabel = "NAME", description = "Name of the pattern.")
  private String name;

  @Override
  public Integer call() {
    PatternsOnTopic published = topic.open();
    PatternDocument document = published.named(topic.key(name));
    published.remove(topic.key(name));
    PrintWriter out = spec.commandLine().getOut();
    out.println(document.key() + " version " + document.version() + " removed");
    out.flush();
    return 0;
  }
}
