package io.foreshock.backtest.data.azure;

import io.foreshock.backtest.BacktestException;
import io.foreshock.backtest.history.CsvFile;
import io.foreshock.backtest.score.AssetHours;
import io.foreshock.backtest.score.ComponentEvent;
import io.foreshock.backtest.score.Observation;
import io.foreshock.backtest.score.Score;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A folder with files of the Azure predictive-maintenance set, as one recording of hourly events.
 *
 * <p>Files, each as {@code .csv} or {@code .csv.gz}: {@code PdM_errors} and {@code PdM_failures}
 * are needed; {@code PdM_maint} and {@code PdM_machines} add replacements and machines without
 * events; telemetry is read from {@code PdM_telemetry}, {@code telemetry_contiguous_2015Q1} and
 * {@code telemetry_fragments_2015}, as far as they are there. A reading that stands in two files
 * counts once.
 *
 * @param machines numbers of the machines
 * @param errors error codes, by time
 * @param failures components that failed, by time, without the seed batch
 * @param replacements components that were replaced, for whatever reason, by time
 * @param telemetry readings by machine, then time; empty when there are none
 */
record AzurePdmData(
    SortedSet<Integer> machines,
    List<ErrorCode> errors,
    List<ComponentEvent> failures,
    List<ComponentEvent> replacements,
    SortedMap<Integer, SortedMap<Long, Reading>> telemetry) {

  /** Batch without history at the start of the recording; neither truth nor failure. */
  static final long SEED_BATCH_MILLIS = Instant.parse("2015-01-02T03:00:00Z").toEpochMilli();

  /** Which readings of the folder are used. */
  enum Telemetry {
    /** None: error codes and replacements only. */
    NONE(),
    /** Whatever is there, in the order in which it is read. */
    ALL("PdM_telemetry", "telemetry_contiguous_2015Q1", "telemetry_fragments_2015"),
    /** The quarter without gaps. */
    CONTIGUOUS("telemetry_contiguous_2015Q1");

    private final List<String> files;

    Telemetry(String... files) {
      this.files = List.of(files);
    }
  }

  /**
   * @param machine number of the machine
   * @param code e.g. {@code error1}
   * @param millis when, in milliseconds since 1970 (UTC)
   */
  record ErrorCode(int machine, String code, long millis) {}

  /** Means of one hour, in units of the set (unstated there). */
  record Reading(double volt, double rotate, double pressure, double vibration) {}

  /**
   * Reads a folder.
   *
   * @param use readings to use; {@link Telemetry#CONTIGUOUS} asks for its file, the others take
   *     what is there
   * @throws BacktestException when a file is missing or cannot be understood; names file and line
   */
  static AzurePdmData read(Path folder, Telemetry use) {
    if (!Files.isDirectory(folder)) {
      throw BacktestException.wrongInput(
          "There is no folder "
              + folder
              + ". Give one that holds PdM_errors.csv and PdM_failures.csv.");
    }
    SortedSet<Integer> machines = new TreeSet<>();
    List<ErrorCode> errors = new ArrayList<>();
    CsvFile.require(folder, "PdM_errors", "azure-pdm")
        .read(
            List.of("datetime", "machineID", "errorID"),
            row -> errors.add(new ErrorCode(row.integer(1), row.text(2), row.time(0))));
    List<ComponentEvent> failures = new ArrayList<>();
    CsvFile.require(folder, "PdM_failures", "azure-pdm")
        .read(List.of("datetime", "machineID", "failure"), row -> failures.add(component(row)));
    List<ComponentEvent> replacements = new ArrayList<>();
    CsvFile.find(folder, "PdM_maint")
        .ifPresent(
            file ->
                file.read(
                    List.of("datetime", "machineID", "comp"),
                    row -> replacements.add(component(row))));
    CsvFile.find(folder, "PdM_machines")
        .ifPresent(file -> file.read(List.of("machineID"), row -> machines.add(row.integer(0))));
    SortedMap<Integer, SortedMap<Long, Reading>> telemetry = new TreeMap<>();
    if (use == Telemetry.CONTIGUOUS) {
      use.files.forEach(name -> CsvFile.require(folder, name, "azure-pdm"));
    }
    for (String name : use.files) {
      CsvFile.find(folder, name).ifPresent(file -> readTelemetry(file, telemetry));
    }
    failures.removeIf(failure -> failure.millis() == SEED_BATCH_MILLIS);
    errors.sort((a, b) -> Long.compare(a.millis(), b.millis()));
    failures.sort(null);
    replacements.sort(null);
    errors.forEach(e -> machines.add(e.machine()));
    failures.forEach(f -> machines.add(AzurePdmImport.machine(f.asset())));
    machines.addAll(telemetry.keySet());
    return new AzurePdmData(machines, errors, failures, replacements, telemetry);
  }

  /** Only these machines. */
  AzurePdmData only(SortedSet<Integer> wanted) {
    SortedMap<Integer, SortedMap<Long, Reading>> readings = new TreeMap<>(telemetry);
    readings.keySet().retainAll(wanted);
    return new AzurePdmData(
        wanted,
        errors.stream().filter(e -> wanted.contains(e.machine())).toList(),
        failures.stream().filter(f -> wanted.contains(AzurePdmImport.machine(f.asset()))).toList(),
        replacements.stream()
            .filter(r -> wanted.contains(AzurePdmImport.machine(r.asset())))
            .toList(),
        readings);
  }

  boolean hasTelemetry() {
    return !telemetry.isEmpty();
  }

  /**
   * What can be judged.
   *
   * @param everything the whole folder: its first and last event bound the recording, whichever
   *     machines are looked at
   */
  Observation observation(AzurePdmData everything) {
    if (!hasTelemetry()) {
      return Observation.ofEvents(
          machines.stream().map(AzurePdmImport::assetId).toList(),
          everything.firstEventMillis(),
          everything.lastEventMillis(),
          failures);
    }
    long start = Long.MAX_VALUE;
    for (SortedMap<Long, Reading> readings : everything.telemetry.values()) {
      start = Math.min(start, readings.firstKey());
    }
    AssetHours hours = new AssetHours(start);
    telemetry.forEach(
        (machine, readings) -> {
          String asset = AzurePdmImport.assetId(machine);
          readings.keySet().forEach(time -> hours.add(asset, time));
        });
    return Observation.ofTelemetry(hours, failures);
  }

  /** What can be judged, in words. */
  String describe(Observation observation) {
    String machineMonths =
        String.format(
            Locale.ROOT, "%.1f machine-months", observation.machineHours() / Score.HOURS_PER_MONTH);
    if (!hasTelemetry()) {
      return "Events only: judged over the whole recording (" + machineMonths + ").";
    }
    SortedSet<Integer> without = new TreeSet<>(machines);
    without.removeAll(telemetry.keySet());
    return "Telemetry: judged where there are readings ("
        + machineMonths
        + "); "
        + observation.failures().size()
        + " failures with telemetry before them, without gaps"
        + (without.isEmpty()
            ? "."
            : "; machines without readings are not judged: " + MachineList.describe(without) + ".");
  }

  private long firstEventMillis() {
    return Math.min(
        errors.isEmpty() ? Long.MAX_VALUE : errors.get(0).millis(),
        failures.isEmpty() ? Long.MAX_VALUE : failures.get(0).millis());
  }

  private long lastEventMillis() {
    return Math.max(
        errors.isEmpty() ? Long.MIN_VALUE : errors.get(errors.size() - 1).millis(),
        failures.isEmpty() ? Long.MIN_VALUE : failures.get(failures.size() - 1).millis());
  }

  private static ComponentEvent component(CsvFile.Row row) {
    return new ComponentEvent(AzurePdmImport.assetId(row.integer(1)), row.text(2), row.time(0));
  }

  private static void readTelemetry(
      CsvFile file, SortedMap<Integer, SortedMap<Long, Reading>> telemetry) {
    file.read(
        List.of("datetime", "machineID", "volt", "rotate", "pressure", "vibration"),
        row ->
            telemetry
                .computeIfAbsent(row.integer(1), m -> new TreeMap<>())
                .putIfAbsent(
                    row.time(0),
                    new Reading(row.number(2), row.number(3), row.number(4), row.number(5))));
  }
}
