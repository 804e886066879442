package io.foreshock.cli.backtest;

import io.foreshock.cli.CliFailure;
import io.foreshock.model.ChannelRegistry;
import io.foreshock.operators.documents.Problem;
import io.foreshock.patterns.catalogue.ChannelCatalogue;
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
record BacktestPatterns(PrecursorsConfig config, String description) {

  /**
   * @param file as asked for; null for the reference patterns
   * @param telemetry whether there are readings
   */
  static BacktestPatterns choose(Path file, boolean telemetry) {
    ChannelRegistry channels = ChannelCatalogue.load();
    if (file == null) {
      String set = telemetry ? PatternCatalogue.AZURE_PDM : PatternCatalogue.AZURE_PDM_EVENTS;
      List<PatternDefinition> definitions = PatternCatalogue.reference(set);
      return of(
          definitions,
          channels,
          "reference set %s (%d patterns), because %s"
              .formatted(
                  set,
                  definitions.size(),
                  telemetry ? "there is telemetry" : "there is no telemetry"));
    }
    if (!Files.exists(file)) {
      throw CliFailure.wrongInput("There is no pattern file " + file + ".");
    }
    ParsedPatterns parsed = PatternLanguage.of(channels).read(file);
    if (!parsed.problems().isEmpty()) {
      throw CliFailure.wrongInput(
          "The patterns cannot run:\n  "
              + parsed.problems().stream()
                  .map(Problem::toString)
                  .collect(Collectors.joining("\n  ")));
    }
    return of(
        parsed.definitions(),
        channels,
        "%s (%d patterns)".formatted(file, parsed.definitions().size()));
  }

  private static BacktestPatterns of(
      List<PatternDefinition> definitions, ChannelRegistry channels, String description) {
    return new BacktestPatterns(
        PrecursorsConfig.of(YamlPatternSet.of(definitions), channels), description);
  }
}
