package io.foreshock.cli.features.history;

import io.foreshock.backtest.history.CsvFile;
import io.foreshock.model.AssetRef;
import io.foreshock.model.FaultCode;
import io.foreshock.model.MaintenanceEvent;
import io.foreshock.model.Measurement;
import io.foreshock.model.TelemetryBatch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Machines of the public Azure PdM data that were recorded without a gap: hourly readings, error
 * codes and replaced parts, one message an hour.
 */
final class AzurePdmHistory {
  private static final String SET = "azure-pdm";

  private AzurePdmHistory() {}

  /** Content of one message. */
  private static final class Hour {
    final List<Measurement> readings = new ArrayList<>();
    final List<FaultCode> codes = new ArrayList<>();
    final List<MaintenanceEvent> works = new ArrayList<>();
  }

  static History read(Path folder) {
    Map<Integer, Map<Long, Hour>> machines = new TreeMap<>();
    CsvFile.require(folder, "telemetry_contiguous_2015Q1", SET)
        .read(
            List.of("machineID", "datetime", "pressure", "rotate", "vibration", "volt"),
            row -> {
              long time = row.time(1);
              List<Measurement> readings = hour(machines, row.integer(0), time).readings;
              readings.add(new Measurement("pressure", time, row.number(2)));
              readings.add(new Measurement("rotate", time, row.number(3)));
              readings.add(new Measurement("vibration", time, row.number(4)));
              readings.add(new Measurement("volt", time, row.number(5)));
            });
    Set<Integer> recorded = new HashSet<>(machines.keySet());
    long end = machines.values().stream().mapToLong(AzurePdmHistory::last).max().orElse(0);
    CsvFile.require(folder, "PdM_errors", SET)
        .read(
            List.of("machineID", "datetime", "errorID"),
            row -> {
              if (recorded.contains(row.integer(0)) && row.time(1) <= end) {
                hour(machines, row.integer(0), row.time(1))
                    .codes
                    .add(new FaultCode(row.text(2), row.time(1), "", FaultCode.Severity.WARNING));
              }
            });
    CsvFile.require(folder, "PdM_maint", SET)
        .read(
            List.of("machineID", "datetime", "comp"),
            row -> {
              if (recorded.contains(row.integer(0)) && row.time(1) <= end) {
                hour(machines, row.integer(0), row.time(1))
                    .works
                    .add(
                        new MaintenanceEvent(
                            row.text(2), row.time(1), MaintenanceEvent.Kind.REPLACED));
              }
            });
    History.Builder history = new History.Builder();
    CsvFile.find(folder, "PdM_machines")
        .ifPresent(
            file ->
                file.read(
                    List.of("machineID", "model"),
                    row -> history.model(asset(row.integer(0)), row.text(1))));
    machines.forEach(
        (machine, hours) -> hours.forEach((time, hour) -> history.add(message(machine, hour))));
    return history.build();
  }

  private static Hour hour(Map<Integer, Map<Long, Hour>> machines, int machine, long time) {
    return machines
        .computeIfAbsent(machine, m -> new TreeMap<>())
        .computeIfAbsent(time, t -> new Hour());
  }

  private static long last(Map<Long, Hour> hours) {
    return ((TreeMap<Long, Hour>) hours).lastKey();
  }

  private static AssetRef asset(int machine) {
    return new AssetRef("azure", "machine-" + machine, "azure-pdm-machine");
  }

  private static TelemetryBatch message(int machine, Hour hour) {
    AssetRef asset = asset(machine);
    return new TelemetryBatch(
        asset,
        asset.assetId(),
        "",
        0,
        "",
        0,
        false,
        hour.readings,
        hour.codes,
        hour.works,
        List.of(),
        List.of());
  }
}
