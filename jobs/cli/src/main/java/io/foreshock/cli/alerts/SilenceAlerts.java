package io.foreshock.cli.alerts;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foreshock.cli.CliFailure;
import io.foreshock.cli.Foreshock;
import io.foreshock.cli.JsonFile;
import io.foreshock.cli.Moment;
import io.foreshock.proto.command.v1.Silence;
import io.foreshock.proto.command.v1.Unsilence;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code foreshock alerts silence}. */
@Command(
    name = "silence",
    description = {
      "Tells nobody about an asset, a site or a class of assets for a time. Alerts still open and are on record.",
      ""
    },
    footer = {"", "Exit code 0: in force; 1: refused, or no answer in time; 2: wrong input."},
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class SilenceAlerts implements Callable<Integer>, Foreshock.Verbose {
  @Mixin private TenantAlerts alerts;

  @ArgGroup(exclusive = false, multiplicity = "1")
  private Scope scope;

  /** What is silenced. */
  static final class Scope {
    @Option(names = "--asset", paramLabel = "ID", description = "One asset.")
    private String asset = "";

    @Option(names = "--site", paramLabel = "SITE", description = "Every asset of this site.")
    private String site = "";

    @Option(
        names = "--asset-class",
        paramLabel = "CLASS",
        description = "Every asset of this class.")
    private String assetClass = "";

    @Option(names = "--everything", description = "Every asset of the tenant.")
    private boolean everything;

    private String words() {
      return everything
          ? "every asset"
          : String.join(
              ", ",
              Stream.of(
                      asset.isEmpty() ? "" : "asset " + asset,
                      site.isEmpty() ? "" : "site " + site,
                      assetClass.isEmpty() ? "" : "class " + assetClass)
                  .filter(part -> !part.isEmpty())
                  .toList());
    }
  }

  @Option(names = "--component", paramLabel = "NAME", description = "Only of this component.")
  private String component = "";

  @Option(
      names = "--for",
      paramLabel = "TIME",
      converter = Span.class,
      description = "How long: 90m, 4h, 2d.")
  private Duration span;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      converter = Moment.class,
      description = "Begin: 2026-11-20T08:00:00Z. Default: at once.")
  private Instant from;

  @Option(names = "--end", description = "End silences that are in force instead.")
  private boolean end;

  @Mixin private Instruction instruction;

  @Option(names = "--json", paramLabel = "FILE", description = "Also write what became of it.")
  private Path json;

  @Option(names = "--verbose", description = "Say where in the program an error came from.")
  private boolean verbose;

  @Spec private CommandSpec spec;

  @Override
  public boolean verbose() {
    return verbose;
  }

  @Override
  public Integer call() {
    if (end == (span != null)) {
      throw CliFailure.wrongInput("Say how long with --for, or --end to end a silence.");
    }
    if (scope.everything
        == (!scope.asset.isEmpty() || !scope.site.isEmpty() || !scope.assetClass.isEmpty())) {
      throw CliFailure.wrongInput(
          "--everything stands alone. Use --asset, or --site and --asset-class, or --everything.");
    }
    if (!scope.asset.isEmpty() && (!scope.site.isEmpty() || !scope.assetClass.isEmpty())) {
      throw CliFailure.wrongInput("--asset names one asset; --site and --asset-class name many.");
    }
    alerts.read();
    io.foreshock.proto.command.v1.Command.Builder command =
        instruction
            .begin()
            .setAssetId(scope.asset)
            .setSite(scope.site)
            .setAssetClass(scope.assetClass);
    String what;
    if (end) {
      command.setUnsilence(Unsilence.newBuilder().setComponent(component));
      what = "End of silence of " + scope.words();
    } else {
      Instant begin = from == null ? Instant.now() : from;
      Instant until = begin.plus(span);
      if (!until.isAfter(Instant.now())) {
        throw CliFailure.wrongInput("The silence would end at " + until + ", which is over.");
      }
      command.setSilence(
          Silence.newBuilder()
              .setFromEpochMillis(from == null ? 0 : begin.toEpochMilli())
              .setUntilEpochMillis(until.toEpochMilli())
              .setComponent(component));
      what =
          "Silence of " + scope.words() + " until " + Instant.ofEpochSecond(until.getEpochSecond());
    }
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    boolean done = instruction.give(alerts, command.build(), "", what, spec.commandLine(), result);
    if (json != null) {
      JsonFile.write(json, result);
    }
    return done ? 0 : 1;
  }
}
