package io.foreshock.backtest.data.skab;

import io.foreshock.backtest.BacktestException;
import io.foreshock.backtest.data.PublishedData;
import io.foreshock.backtest.data.Recording;
import io.foreshock.backtest.data.Selection;
import io.foreshock.backtest.history.CsvFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The Skoltech Anomaly Benchmark (Katser and Kozitsin, 2020, doi 10.34740/KAGGLE/DSV/1693952).
 *
 * <p>Each file with labels is one experiment and here one machine, because each is learned anew:
 * the benchmark calibrates on the first 400 rows of a file. The file without anomalies is left out,
 * as there. {@code --machines valve1-0,other-3} takes some of them.
 */
public final class Skab implements PublishedData {
  private static final String UNLABELLED = "anomaly-free";

  @Override
  public String name() {
    return "skab";
  }

  @Override
  public String layout() {
    return "the folders valve1, valve2 and other with numbered files (.csv or .csv.gz), at any depth";
  }

  @Override
  public Recording open(Path folder, Selection selection) {
    selection.refuseUnknown(name(), List.of());
    List<String> wanted =
        selection.assets().isEmpty() ? List.of() : List.of(selection.assets().split(","));
    List<Experiment> experiments = new ArrayList<>();
    List<String> known = new ArrayList<>();
    for (Path path : files(folder)) {
      String file = path.getFileName().toString().replaceFirst("\\.csv(\\.gz)?$", "");
      String name = path.getParent().getFileName() + "-" + file.replaceAll("[^A-Za-z0-9]+", "-");
      known.add(name);
      if (wanted.isEmpty() || wanted.contains(name)) {
        experiments.add(Experiment.read(name, CsvFile.require(path.getParent(), file, name())));
      }
    }
    if (known.isEmpty()) {
      throw BacktestException.wrongInput(
          "The folder " + folder + " holds no file of the skab set. Needed: " + layout() + ".");
    }
    for (String name : wanted) {
      if (!known.contains(name)) {
        throw BacktestException.wrongInput(
            "There is no experiment \"" + name + "\". Use of " + String.join(", ", known) + ".");
      }
    }
    return new SkabRecording(folder, experiments);
  }

  private static List<Path> files(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw BacktestException.wrongInput("There is no folder " + folder + ".");
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(path -> path.toString().matches(".*\\.csv(\\.gz)?"))
          .filter(path -> !path.getFileName().toString().startsWith(UNLABELLED))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
