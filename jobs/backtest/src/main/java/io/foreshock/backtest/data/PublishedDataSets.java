package io.foreshock.backtest.data;

import io.foreshock.backtest.BacktestException;
import io.foreshock.backtest.data.azure.AzurePdm;
import io.foreshock.backtest.data.cmapss.Cmapss;
import io.foreshock.backtest.data.hydraulic.Hydraulic;
import io.foreshock.backtest.data.ims.Ims;
import io.foreshock.backtest.data.skab.Skab;
import io.foreshock.operators.documents.Suggestions;
import java.util.List;

/** The published data sets that are understood, by name. */
public final class PublishedDataSets {
  private static final List<PublishedData> ALL =
      List.of(new AzurePdm(), new Skab(), new Hydraulic(), new Cmapss(), new Ims());

  private PublishedDataSets() {}

  public static List<PublishedData> all() {
    return ALL;
  }

  /** What {@code --format} takes. */
  public static List<String> names() {
    return ALL.stream().map(PublishedData::name).toList();
  }

  /**
   * @throws BacktestException when there is none of that name; suggests one
   */
  public static PublishedData named(String name) {
    return ALL.stream()
        .filter(set -> set.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                BacktestException.wrongInput(
                    "There is no data set \""
                        + name
                        + "\". "
                        + Suggestions.forName(name, names())));
  }
}
