package io.foreshock.backtest.data;

import java.nio.file.Path;

/**
 * A published data set, as its authors lay out its files.
 *
 * <p>To add one: implement this in a package below this one ({@code data.skab}), add it to {@link
 * PublishedDataSets}, and give its patterns a reference set in the catalogue. Nothing else knows
 * the set.
 */
public interface PublishedData {

  /** What {@code --format} takes, in kebab case, e.g. {@code azure-pdm}. */
  String name();

  /** The files that the folder must hold, in one line for {@code --help} and messages. */
  String layout();

  /**
   * Looks into a folder. May read what is small (labels, truth, lists of machines), never the
   * telemetry of a large set: that is streamed by {@link Recording#writeTo}.
   *
   * @param folder as given with {@code --data}
   * @param selection what of it is wanted; a setting the set does not know is refused ({@link
   *     Selection#refuseUnknown})
   * @throws io.foreshock.backtest.BacktestException when a file is missing or cannot be understood;
   *     names file and line
   */
  Recording open(Path folder, Selection selection);
}
