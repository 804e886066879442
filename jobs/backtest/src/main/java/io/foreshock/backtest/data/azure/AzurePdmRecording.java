package io.foreshock.backtest.data.azure;

import io.foreshock.backtest.data.Recording;
import io.foreshock.backtest.data.Truth;
import io.foreshock.backtest.run.RecordFile;
import io.foreshock.backtest.score.ComponentEvent;
import io.foreshock.backtest.score.Observation;
import io.foreshock.patterns.catalogue.PatternCatalogue;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The Azure set with the machines and readings that were selected. */
final class AzurePdmRecording implements Recording {
  /** Component that a code belongs to, as the set's failures show. */
  private static final Map<String, String> COMPONENT_OF_CODE =
      Map.of(
          "error1", "comp1", "error2", "comp2", "error3", "comp2", "error4", "comp3", "error5",
          "comp4");

  private final Path folder;
  private final AzurePdmData data;
  private final Observation observation;

  AzurePdmRecording(Path folder, AzurePdmData data, Observation observation) {
    this.folder = folder;
    this.data = data;
    this.observation = observation;
  }

  @Override
  public List<String> describe() {
    return List.of(
        String.format(
            Locale.ROOT,
            "%s: machines %s, %d codes, %d failures",
            folder,
            MachineList.describe(data.machines()),
            data.errors().size(),
            data.failures().size()),
        data.describe(observation));
  }

  /** With telemetry the patterns look at sensors too. */
  @Override
  public String referenceSet() {
    return data.hasTelemetry() ? PatternCatalogue.AZURE_PDM : PatternCatalogue.AZURE_PDM_EVENTS;
  }

  @Override
  public long writeTo(RecordFile.Target target) throws IOException {
    return new AzurePdmImport(data).writeTo(target);
  }

  @Override
  public Truth truth() {
    List<ComponentEvent> everyCode = new ArrayList<>();
    for (AzurePdmData.ErrorCode code : data.errors()) {
      String component = COMPONENT_OF_CODE.get(code.code());
      if (component != null) {
        everyCode.add(
            new ComponentEvent(AzurePdmImport.assetId(code.machine()), component, code.millis()));
      }
    }
    return new Truth(data.failures(), data.replacements(), everyCode, observation);
  }
}
