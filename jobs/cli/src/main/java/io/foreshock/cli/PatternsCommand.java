package io.foreshock.cli;

import io.foreshock.model.ChannelRegistry;
import io.foreshock.patterns.catalogue.ChannelCatalogue;
import io.foreshock.patterns.language.ChannelDocument;
import io.foreshock.patterns.language.InvalidPatternException;
import io.foreshock.patterns.language.ParsedPatterns;
import io.foreshock.patterns.language.PatternLanguage;
import io.foreshock.patterns.language.YamlPatternSet;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code foreshock patterns}: checks pattern files, and changes the patterns of a running
 * installation.
 */
@Command(
    name = "patterns",
    description = "Checks patterns, and publishes them to running jobs.",
    subcommands = {
      PublishPatterns.class,
      ListPatterns.class,
      DiffPatterns.class,
      RemovePattern.class,
      RepublishPattern.Pause.class,
      RepublishPattern.Resume.class,
      TracePattern.class
    },
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
public final class PatternsCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "A command is missing: check, publish, list, diff, remove, pause, resume or trace.");
  }

  @Command(
      name = "check",
      description = {
        "Checks pattern files as a job does before it runs them, and names everything that is wrong, by file and line.",
        ""
      },
      mixinStandardHelpOptions = true)
  int check(
      @Parameters(arity = "1..*", paramLabel = "FILE", description = "Files or folders of YAML.")
          List<Path> files,
      @Option(
              names = "--channels",
              paramLabel = "FILE",
              description = "Channels beside those of the catalogue.")
          List<Path> channelFiles) {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    PatternLanguage language = PatternLanguage.of(channels(channelFiles));
    int wrong = 0;
    for (Path file : files) {
      if (!Files.exists(file)) {
        throw CliFailure.wrongInput("There is no file " + file + ".");
      }
      ParsedPatterns parsed = language.read(file);
      parsed.problems().forEach(err::println);
      wrong += parsed.problems().size();
      if (parsed.problems().isEmpty()) {
        // Compiles as a task would: what is left to go wrong goes wrong here.
        YamlPatternSet.of(parsed.definitions()).compile();
        out.println(file + ": " + count(parsed.definitions().size(), "pattern") + ", no problem");
      }
    }
    out.flush();
    if (wrong > 0) {
      err.println(count(wrong, "problem") + ".");
      return 2;
    }
    return 0;
  }

  /** Channels of the catalogue and of files; null for none. */
  public static ChannelRegistry channels(List<Path> files) {
    ChannelRegistry known = ChannelCatalogue.load();
    for (Path file : files == null ? List.<Path>of() : files) {
      try {
        known = known.with(ChannelDocument.parse(file.toString(), Files.readString(file)));
      } catch (IOException e) {
        throw CliFailure.wrongInput("The channel file " + file + " cannot be read (" + e + ").");
      } catch (InvalidPatternException | IllegalArgumentException e) {
        throw CliFailure.wrongInput("The channels cannot be used:\n  " + e.getMessage());
      }
    }
    return known;
  }

  static String count(int number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
