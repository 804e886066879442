package io.foreshock.precursors;

import io.foreshock.model.ChannelRegistry;
import io.foreshock.model.PatternTrace;
import io.foreshock.operators.documents.Problem;
import io.foreshock.patterns.PatternSet;
import io.foreshock.patterns.catalogue.ChannelCatalogue;
import io.foreshock.patterns.catalogue.PatternCatalogue;
import io.foreshock.patterns.definition.PatternDefinition;
import io.foreshock.patterns.language.ParsedPatterns;
import io.foreshock.patterns.language.PatternLanguage;
import io.foreshock.patterns.language.YamlPatternSet;
import io.foreshock.patterns.live.LiveRules.FileDocument;
import io.foreshock.runtime.StartRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What the options {@code channels} and {@code patterns} name.
 *
 * @param channels known channels
 * @param patterns what runs
 * @param documents the same, as it was written
 */
record PatternFiles(ChannelRegistry channels, PatternSet patterns, List<FileDocument> documents) {
  private static final String REFERENCE = PrecursorsOptions.CATALOGUE + ":";

  /**
   * Reads the catalogue, files and folders in the order given.
   *
   * @throws StartRefused naming everything that is wrong, by file and line
   */
  static PatternFiles read(List<String> channelSources, List<String> patternSources) {
    List<String> problems = new ArrayList<>();
    ChannelRegistry channels = ChannelCatalogue.load(channelSources, problems);
    List<PatternDefinition> definitions = new ArrayList<>();
    for (String source : patternSources) {
      definitions.addAll(patterns(source, channels, problems));
    }
    if (!problems.isEmpty()) {
      throw new StartRefused(problems);
    }
    return new PatternFiles(
        channels, YamlPatternSet.of(definitions), documents(patternSources, channels));
  }

  /**
   * Refuses to trace patterns that do not run.
   *
   * @throws StartRefused naming each
   */
  void refuseUnknown(List<PatternTrace> traces) {
    List<String> names = documents.stream().map(FileDocument::name).distinct().toList();
    List<String> problems =
        traces.stream()
            .map(PatternTrace::name)
            .filter(name -> !names.contains(name))
            .map(
                name ->
                    "near-misses.trace names \""
                        + name
                        + "\", but no such pattern runs. Running are: "
                        + String.join(", ", names)
                        + ".")
            .toList();
    if (!problems.isEmpty()) {
      throw new StartRefused(problems);
    }
  }

  /** The documents of sources that were found in order. */
  private static List<FileDocument> documents(List<String> sources, ChannelRegistry channels) {
    PatternLanguage language = PatternLanguage.of(channels);
    List<FileDocument> documents = new ArrayList<>();
    for (String source : sources) {
      for (String text : texts(source)) {
        for (String document : PatternLanguage.documents(text)) {
          for (PatternDefinition definition : language.parse(source, document).definitions()) {
            documents.add(new FileDocument(definition.name(), definition.version(), document));
          }
        }
      }
    }
    return documents;
  }

  private static List<String> texts(String source) {
    if (source.equals(PrecursorsOptions.CATALOGUE)) {
      return PatternCatalogue.productionTexts();
    }
    if (source.startsWith(REFERENCE)) {
      return List.of(PatternCatalogue.referenceText(source.substring(REFERENCE.length())));
    }
    try {
      List<String> texts = new ArrayList<>();
      for (Path file : PatternLanguage.files(Path.of(source))) {
        texts.add(Files.readString(file));
      }
      return texts;
    } catch (IOException e) {
      throw new StartRefused(
          List.of(
              "Pattern file " + source + " changed while it was read (" + e + "). Start again."),
          e);
    }
  }

  private static List<PatternDefinition> patterns(
      String source, ChannelRegistry channels, List<String> problems) {
    ParsedPatterns parsed;
    try {
      parsed = parse(source, channels);
    } catch (IllegalArgumentException e) {
      problems.add(e.getMessage());
      return List.of();
    }
    parsed.problems().stream().map(Problem::toString).forEach(problems::add);
    return parsed.definitions();
  }

  private static ParsedPatterns parse(String source, ChannelRegistry channels) {
    if (source.equals(PrecursorsOptions.CATALOGUE)) {
      return PatternCatalogue.production(channels);
    }
    if (source.startsWith(REFERENCE)) {
      return PatternCatalogue.reference(source.substring(REFERENCE.length()), channels);
    }
    return PatternLanguage.of(channels).read(Path.of(source));
  }
}
