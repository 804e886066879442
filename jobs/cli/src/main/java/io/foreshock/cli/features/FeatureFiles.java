package io.foreshock.cli.features;

import io.foreshock.cli.CliFailure;
import io.foreshock.cli.PatternsCommand;
import io.foreshock.model.ChannelRegistry;
import io.foreshock.operators.documents.Problem;
import io.foreshock.operators.features.definition.FeatureCatalogue;
import io.foreshock.operators.features.definition.FeatureLanguage;
import io.foreshock.operators.features.definition.FeatureSet;
import io.foreshock.operators.features.definition.ParsedFeatureSets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The feature sets that a command is about. */
final class FeatureFiles {
  @Parameters(
      arity = "0..*",
      paramLabel = "FILE",
      description = "Files or folders of YAML; without any, the catalogue.")
  private List<Path> files = new ArrayList<>();

  @Option(
      names = "--channels",
      paramLabel = "FILE",
      description = "Channels beside those of the catalogue.")
  private List<Path> channels;

  ChannelRegistry channels() {
    return PatternsCommand.channels(channels);
  }

  /** What was read, by file or folder; a set that two of them define is a problem of the later. */
  Map<String, ParsedFeatureSets> read() {
    Map<String, ParsedFeatureSets> read = new LinkedHashMap<>();
    FeatureLanguage language = new FeatureLanguage(channels());
    if (files.isEmpty()) {
      read.put(FeatureCatalogue.NAME, FeatureCatalogue.load(language.channels()));
    }
    Map<String, Path> defined = new HashMap<>();
    for (Path file : files) {
      if (!Files.exists(file)) {
        throw CliFailure.wrongInput("There is no file " + file + ".");
      }
      ParsedFeatureSets parsed = language.read(file);
      List<Problem> problems = new ArrayList<>(parsed.problems());
      for (FeatureSet set : parsed.sets()) {
        Path before = defined.putIfAbsent(set.name(), file);
        if (before != null) {
          problems.add(
              new Problem(
                  file.toString(),
                  1,
                  "Feature set \"%s\" is defined in %s, too. Keep one: the name is its topic."
                      .formatted(set.name(), before)));
        }
      }
      read.put(file.toString(), new ParsedFeatureSets(parsed.sets(), problems));
    }
    return read;
  }

  /**
   * The sets.
   *
   * @throws CliFailure naming every problem
   */
  List<FeatureSet> sets() {
    List<String> problems = new ArrayList<>();
    List<FeatureSet> sets = new ArrayList<>();
    read()
        .values()
        .forEach(
            parsed -> {
              parsed.problems().forEach(problem -> problems.add(problem.toString()));
              sets.addAll(parsed.sets());
            });
    if (!problems.isEmpty()) {
      throw CliFailure.wrongInput(
          "The feature sets cannot be used:\n  " + String.join("\n  ", problems));
    }
    return sets;
  }
}
