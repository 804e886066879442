package io.foreshock.backtest.data;

import io.foreshock.backtest.BacktestException;
import io.foreshock.operators.documents.Suggestions;
import java.util.List;
import java.util.Map;

/**
 * What of a recording is wanted.
 *
 * @param assets as typed after {@code --machines}, in the form the set understands, e.g. {@code
 *     1-10,21}; empty for all
 * @param settings what only some sets know, e.g. {@code telemetry=contiguous}, from {@code --set
 *     NAME=VALUE}
 */
public record Selection(String assets, Map<String, String> settings) {
  /** Everything. */
  public static final Selection ALL = new Selection("", Map.of());

  public Selection {
    settings = Map.copyOf(settings);
  }

  /** Value of a setting. */
  public String setting(String name, String otherwise) {
    return settings.getOrDefault(name, otherwise);
  }

  /**
   * @param known settings of the set
   * @throws BacktestException naming the first that is not known, with those that are
   */
  public void refuseUnknown(String set, List<String> known) {
    for (String name : settings.keySet()) {
      if (!known.contains(name)) {
        throw BacktestException.wrongInput(
            "%s has no setting \"%s\". %s"
                .formatted(
                    set,
                    name,
                    known.isEmpty() ? "It has none." : Suggestions.forName(name, known)));
      }
    }
  }
}
