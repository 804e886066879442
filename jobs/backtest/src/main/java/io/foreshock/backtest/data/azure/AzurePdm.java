package io.foreshock.backtest.data.azure;

import io.foreshock.backtest.BacktestException;
import io.foreshock.backtest.data.PublishedData;
import io.foreshock.backtest.data.Recording;
import io.foreshock.backtest.data.Selection;
import java.nio.file.Path;
import java.util.List;

/**
 * The public Azure predictive-maintenance set.
 *
 * <p>Settings: {@code telemetry} is {@code all} (default), {@code contiguous} for the quarter
 * without gaps, or {@code none} for events alone.
 */
public final class AzurePdm implements PublishedData {
  /** Setting that chooses the readings. */
  public static final String TELEMETRY = "telemetry";

  @Override
  public String name() {
    return "azure-pdm";
  }

  @Override
  public String layout() {
    return "PdM_errors and PdM_failures, and what there is of PdM_maint, PdM_machines, PdM_telemetry,"
        + " telemetry_contiguous_2015Q1 and telemetry_fragments_2015 (.csv or .csv.gz)";
  }

  @Override
  public Recording open(Path folder, Selection selection) {
    selection.refuseUnknown(name(), List.of(TELEMETRY));
    AzurePdmData everything = AzurePdmData.read(folder, telemetry(selection));
    AzurePdmData selected =
        selection.assets().isEmpty()
            ? everything
            : everything.only(MachineList.parse(selection.assets(), everything.machines()));
    return new AzurePdmRecording(folder, selected, selected.observation(everything));
  }

  private static AzurePdmData.Telemetry telemetry(Selection selection) {
    String which = selection.setting(TELEMETRY, "all");
    return switch (which) {
      case "all" -> AzurePdmData.Telemetry.ALL;
      case "contiguous" -> AzurePdmData.Telemetry.CONTIGUOUS;
      case "none" -> AzurePdmData.Telemetry.NONE;
      default ->
          throw BacktestException.wrongInput(
              "telemetry must be all, contiguous or none, but is \"" + which + "\".");
    };
  }
}
