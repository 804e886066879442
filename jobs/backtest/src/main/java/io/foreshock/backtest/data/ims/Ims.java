package io.foreshock.backtest.data.ims;

import io.foreshock.backtest.BacktestException;
import io.foreshock.backtest.data.PublishedData;
import io.foreshock.backtest.data.Recording;
import io.foreshock.backtest.data.Selection;
import java.nio.file.Path;
import java.util.List;

/**
 * The public bearing data of the Center for Intelligent Maintenance Systems (Lee, Qiu, Yu and Lin
 * 2007), test 2, as mean absolute vibration of each recording.
 */
public final class Ims implements PublishedData {
  static final String FILE = "ims_test2_mean_abs_vibration";

  @Override
  public String name() {
    return "ims";
  }

  @Override
  public String layout() {
    return FILE + " (.csv or .csv.gz)";
  }

  @Override
  public Recording open(Path folder, Selection selection) {
    selection.refuseUnknown(name(), List.of());
    if (!selection.assets().isEmpty()) {
      throw BacktestException.wrongInput(
          "ims is one machine, a shaft with four bearings. Leave --machines out.");
    }
    return ImsRecording.read(folder);
  }
}
