package io.foreshock.backtest.data.cmapss;

import io.foreshock.backtest.BacktestException;
import io.foreshock.backtest.data.PublishedData;
import io.foreshock.backtest.data.Recording;
import io.foreshock.backtest.data.Selection;
import java.nio.file.Path;
import java.util.List;

/** The public turbofan set C-MAPSS, part FD001: one operating condition, one failure mode. */
public final class Cmapss implements PublishedData {

  @Override
  public String name() {
    return "cmapss";
  }

  @Override
  public String layout() {
    return "train_FD001, test_FD001 and RUL_FD001 (.txt or .txt.gz)";
  }

  @Override
  public Recording open(Path folder, Selection selection) {
    selection.refuseUnknown(name(), List.of());
    if (!selection.assets().isEmpty()) {
      throw BacktestException.wrongInput(
          "cmapss is judged as a whole: 100 engines that failed, and 100 that were cut short. Leave"
              + " --machines out.");
    }
    return new CmapssRecording(folder, CmapssData.read(folder));
  }
}
