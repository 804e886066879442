package io.foreshock.backtest.run;

import io.foreshock.backtest.BacktestException;
import io.foreshock.backtest.data.Recording;
import io.foreshock.backtest.score.PatternText;
import io.foreshock.model.ChannelRegistry;
import io.foreshock.operators.documents.Problem;
import io.foreshock.patterns.catalogue.PatternCatalogue;
import io.foreshock.patterns.definition.PatternDefinition;
import io.foreshock.patterns.language.ParsedPatterns;
import io.foreshock.patterns.language.PatternLanguage;
import io.foreshock.patterns.language.YamlPatternSet;
import io.foreshock.precursors.PrecursorsConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Patterns that a backtest runs.
 *
 * @param config of the pipeline
 * @param description which patterns and why, for the person who looks on
 * @param definitions the patterns
 * @param texts the files that they stand in
 * @param language what they were read with
 */
public record PatternChoice(
    PrecursorsConfig config,
    String description,
    List<PatternDefinition> definitions,
    List<PatternText> texts,
    PatternLanguage language) {

  /**
   * @param file file, folder or name of a reference set, as asked for; null for the recording's
   *     own, or else the production set
   * @param recording whose reference patterns and channels apply
   * @throws BacktestException when the patterns cannot run, naming everything that is wrong
   */
  public static PatternChoice choose(Path file, Recording recording) {
    ChannelRegistry channels = recording.channels();
    String set = recording.referenceSet();
    if (file == null && set.isEmpty()) {
      ParsedPatterns parsed = PatternCatalogue.production(channels);
      refuse(parsed);
      return of(
          parsed.definitions(),
          channels,
          "production set (%d patterns)".formatted(parsed.definitions().size()),
          productionTexts());
    }
    if (file != null && PatternCatalogue.referenceSets().contains(file.toString())) {
      return reference(file.toString(), channels);
    }
    return file == null ? reference(set, channels) : read(file, channels);
  }

  private static List<PatternText> productionTexts() {
    List<PatternText> texts = new ArrayList<>();
    for (String text : PatternCatalogue.productionTexts()) {
      texts.add(new PatternText("production-" + (texts.size() + 1) + ".yaml", text));
    }
    return texts;
  }

  private static PatternChoice reference(String set, ChannelRegistry channels) {
    ParsedPatterns parsed = PatternCatalogue.reference(set, channels);
    refuse(parsed);
    return of(
        parsed.definitions(),
        channels,
        "reference set %s (%d patterns)".formatted(set, parsed.definitions().size()),
        List.of(new PatternText(set + ".yaml", PatternCatalogue.referenceText(set))));
  }

  private static PatternChoice read(Path file, ChannelRegistry channels) {
    if (!Files.exists(file)) {
      throw BacktestException.wrongInput("There is no pattern file " + file + ".");
    }
    ParsedPatterns parsed = PatternLanguage.of(channels).read(file);
    refuse(parsed);
    return of(
        parsed.definitions(),
        channels,
        "%s (%d patterns)".formatted(file, parsed.definitions().size()),
        texts(file));
  }

  private static PatternChoice of(
      List<PatternDefinition> definitions,
      ChannelRegistry channels,
      String description,
      List<PatternText> texts) {
    YamlPatternSet set = YamlPatternSet.of(definitions);
    return new PatternChoice(
        PrecursorsConfig.of(set, channels),
        description,
        set.definitions(),
        texts,
        PatternLanguage.of(channels));
  }

  private static List<PatternText> texts(Path path) {
    try {
      List<PatternText> texts = new ArrayList<>();
      for (Path file : PatternLanguage.files(path)) {
        texts.add(new PatternText(file.toString(), Files.readString(file)));
      }
      return texts;
    } catch (IOException e) {
      throw BacktestException.wrongInput("Cannot read " + path + ": " + e, e);
    }
  }

  private static void refuse(ParsedPatterns parsed) {
    if (!parsed.problems().isEmpty()) {
      throw BacktestException.wrongInput(
          "The patterns cannot run:\n  "
              + parsed.problems().stream()
                  .map(Problem::toString)
                  .collect(Collectors.joining("\n  ")));
    }
  }
}
