package io.foreshock.cli;

import io.foreshock.model.PatternStatus;
import io.foreshock.model.PatternTrace;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code foreshock patterns trace}. */
@Command(
    name = "trace",
    description = {
      "Lets running jobs write the near misses of a pattern to <tenant>.near-misses: how far a match came, what was"
          + " missing, and why it ended. The pattern may come from the topic or from a file.",
      ""
    },
    mixinStandardHelpOptions = true)
final class TracePattern implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private PatternTopicOptions topic;

  @Parameters(paramLabel = "NAME", description = "Name of the pattern.")
  private String name;

  @Option(
      names = "--asset",
      paramLabel = "ID",
      description = "Only this asset; may be given more than once (default: every asset).")
  private List<String> assets;

  @Option(names = "--off", description = "No longer.")
  private boolean off;

  @Option(
      names = "--wait",
      description = "Wait for a job's answer, and fail when it refuses (30 s at most).")
  private boolean wait;

  @Override
  public Integer call() {
    if (off && assets != null) {
      throw CliFailure.wrongInput("--off ends the whole request. Leave --asset away.");
    }
    PatternsOnTopic published = topic.open();
    PatternTrace trace =
        new PatternTrace(
            topic.tenant(),
            name,
            assets == null ? List.of() : assets,
            System.currentTimeMillis(),
            System.getProperty("user.name", ""));
    if (off) {
      return off(published, trace);
    }
    published.put(trace);
    PrintWriter out = spec.commandLine().getOut();
    out.println("Near misses of " + describe(trace) + " are asked for");
    out.flush();
    if (!wait) {
      return 0;
    }
    PatternStatus status =
        published.await(trace.key(), trace.publishedAtMillis(), PublishPatterns.ANSWER);
    return PublishPatterns.told(spec, trace.key(), status);
  }

  private int off(PatternsOnTopic published, PatternTrace trace) {
    if (!published.traces().containsKey(trace.key())) {
      throw CliFailure.wrongInput(
          "Near misses of "
              + describe(trace)
              + " are not asked for. See foreshock patterns list --bootstrap-servers.");
    }
    published.remove(trace.key());
    PrintWriter out = spec.commandLine().getOut();
    out.println("Near misses of " + describe(trace) + " are no longer asked for");
    out.flush();
    return 0;
  }

  static String describe(PatternTrace trace) {
    String tenant = trace.tenant().isEmpty() ? "every tenant" : "tenant " + trace.tenant();
    String assets = trace.assets().isEmpty() ? "" : ", assets " + String.join(", ", trace.assets());
    return trace.name() + " (" + tenant + assets + ")";
  }
}
