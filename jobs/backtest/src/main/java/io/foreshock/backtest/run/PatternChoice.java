package io.foreshock.backtest.run;

import io.foreshock.backtest.BacktestException;
import io.foreshock.backtest.data.Recording;
import io.foreshock.model.ChannelRegistry;
import io.foreshock.operators.documents.Problem;
import io.foreshock.patterns.catalogue.PatternCatalogue;
import io.foreshock.patterns.definition.PatternDefinition;
import io.foreshock.patterns.language.ParsedPatterns;
import io.foreshock.patterns.language.PatternLanguage;
import io.foreshock.patterns.language.YamlPatternSet;
import io.foreshock.precursors.PrecursorsConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Patterns that a backtest runs.
 *
 * @param config of the pipeline
 * @param description which patterns and why, for the person who looks on
 */
public record PatternChoice(PrecursorsConfig config, String description) {

  /**
   * @param file as asked for; null for the reference patterns
   * @param recording whose reference patterns and channels apply
   * @throws BacktestException when the patterns cannot run, naming everything that is wrong; or
   *     when none are given and the recording has none of its own
   */
  public static PatternChoice choose(Path file, Recording recording) {
    ChannelRegistry channels = recording.channels();
    String set = recording.referenceSet();
    if (file == null) {
      if (set.isEmpty()) {
        throw BacktestException.wrongInput(
            "This recording has no patterns of its own. Name a file or folder with --patterns.");
      }
      ParsedPatterns parsed = PatternCatalogue.reference(set, channels);
      refuse(parsed);
      return of(
          parsed.definitions(),
          channels,
          "reference set %s (%d patterns)".formatted(set, parsed.definitions().size()));
    }
    if (!Files.exists(file)) {
      throw BacktestException.wrongInput("There is no pattern file " + file + ".");
    }
    ParsedPatterns parsed = PatternLanguage.of(channels).read(file);
    refuse(parsed);
    return of(
        parsed.definitions(),
        channels,
        "%s (%d patterns)".formatted(file, parsed.definitions().size()));
  }

  private static PatternChoice of(
      List<PatternDefinition> definitions, ChannelRegistry channels, String description) {
    return new PatternChoice(
        PrecursorsConfig.of(YamlPatternSet.of(definitions), channels), description);
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
