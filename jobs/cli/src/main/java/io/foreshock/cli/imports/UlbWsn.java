package io.foreshock.cli.imports;

import io.foreshock.backtest.history.TextFile;
import io.foreshock.cli.CliFailure;
import io.foreshock.model.AssetRef;
import io.foreshock.model.TelemetryBatch;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Motes of the ULB sensor network set: one line per packet that reached the base station, {@code
 * arrival node number temperature voltage humidity temperature PAR TSR}, separated by blanks, with
 * a decimal comma. Files {@code R<n>.txt} and {@code readings.txt}, plain or gzipped, in the folder
 * or the folders below it; each folder is a network of its own.
 *
 * <p>Numbers above 999 are written with a blank ("1 000") in some files, so a line of ten parts has
 * one number more. A mote counts its packets, so its number is the message's; a mote that restarts
 * does not say so, see {@link CounterRuns}.
 */
final class UlbWsn implements Recording {
  private static final Pattern FILE = Pattern.compile("(R\\d+|readings)\\.txt(\\.gz)?");
  private static final Pattern WHOLE_NUMBER = Pattern.compile("\\d{1,15}");
  private static final int PARTS = 9;

  private static final String[] NAMES = {
    "internal temperature", "voltage", "humidity", "temperature", "PAR", "TSR"
  };
  private static final String[] CHANNELS = {
    "internal_temperature_c",
    "supply_voltage_v",
    "relative_humidity_percent",
    "ambient_temperature_c",
    "photosynthetic_radiation_raw",
    "solar_radiation_raw"
  };

  private final Path folder;
  private final String tenant;
  private final CounterRuns runs = new CounterRuns();

  /** Of the last line that could be read. */
  private long arrivalMillis;

  UlbWsn(Path folder, String tenant) {
    this.folder = folder;
    this.tenant = tenant;
  }

  @Override
  public void readTo(Target target) throws IOException {
    for (Path file : files()) {
      try (BufferedReader reader = TextFile.open(file)) {
        String network = file.toAbsolutePath().getParent().getFileName().toString();
        int number = 0;
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
          number++;
          if (!line.isBlank()) {
            target.row();
            read(network, network + "/" + file.getFileName(), number, line.strip(), target);
          }
        }
      }
    }
  }

  private List<Path> files() throws IOException {
    if (!Files.isDirectory(folder)) {
      throw CliFailure.wrongInput("There is no folder " + folder + ".");
    }
    try (Stream<Path> found = Files.walk(folder, 2)) {
      List<Path> files =
          found
              .filter(path -> FILE.matcher(path.getFileName().toString()).matches())
              .sorted()
              .toList();
      if (files.isEmpty()) {
        throw CliFailure.wrongInput(
            "The folder "
                + folder
                + " and those below it hold no R1.txt and no readings.txt, plain or gzipped. Is it laid"
                + " out as the ulb-wsn set?");
      }
      return files;
    }
  }

  private void read(String network, String file, int number, String line, Target target)
      throws IOException {
    List<String> parts = parts(line);
    if (parts.size() != PARTS || !parts.subList(0, 3).stream().allMatch(UlbWsn::isWhole)) {
      target.bad(
          new BadCell(
              file,
              number,
              BadCell.WHOLE_LINE,
              "line",
              line,
              "time, node, number and six values",
              "",
              "",
              arrivalMillis));
      return;
    }
    arrivalMillis = Long.parseLong(parts.get(0));
    String device = network + "-mote-" + parts.get(1);
    long sequence = Long.parseLong(parts.get(2));
    Cells cells = new Cells(target, file, number, device, arrivalMillis);
    for (int i = 0; i < CHANNELS.length; i++) {
      cells.add(3 + i, NAMES[i], parts.get(3 + i).replace(',', '.'), CHANNELS[i]);
    }
    String content = String.join(" ", parts.subList(3, PARTS));
    int run = runs.runOf(device, sequence, content, target::restart);
    target.message(
        new TelemetryBatch(
            new AssetRef(tenant, device, "mote"),
            device,
            "run-" + run,
            sequence,
            "",
            arrivalMillis,
            false,
            cells.readings(),
            List.of(),
            List.of(),
            List.of(),
            List.of()));
  }

  private static List<String> parts(String line) {
    List<String> parts = new ArrayList<>(List.of(line.split("\\s+")));
    if (parts.size() == PARTS + 1) {
      parts.set(2, parts.get(2) + parts.remove(3));
    }
    return parts;
  }

  private static boolean isWhole(String text) {
    return WHOLE_NUMBER.matcher(text).matches();
  }
}
