package io.foreshock.backtest.data.gearbox;

import io.foreshock.backtest.data.PublishedData;
import io.foreshock.backtest.data.Recording;
import io.foreshock.backtest.data.Selection;
import java.nio.file.Path;
import java.util.List;

/**
 * The public gearbox fault diagnosis set: raw vibration of four accelerometers, of a gearbox with a
 * broken tooth and of a healthy one, at 30 Hz without load.
 */
public final class Gearbox implements PublishedData {

  @Override
  public String name() {
    return "gearbox";
  }

  @Override
  public String layout() {
    return "b30hz0 (broken tooth) and h30hz0 (healthy), columns a1 to a4 (.csv or .csv.gz)";
  }

  @Override
  public Recording open(Path folder, Selection selection) {
    selection.refuseUnknown(name(), List.of());
    Vibration healthy = Vibration.read(folder, "h30hz0");
    Vibration broken = Vibration.read(folder, "b30hz0");
    return new GearboxRecording(new GearboxPlan(healthy, broken));
  }
}
