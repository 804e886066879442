package io.foreshock.backtest.history;

import io.foreshock.backtest.BacktestException;
import io.foreshock.backtest.data.Recording;
import io.foreshock.backtest.history.mapping.Mapping;
import io.foreshock.backtest.history.mapping.MappingReader;
import io.foreshock.backtest.run.Progress;
import io.foreshock.model.ChannelRegistry;
import io.foreshock.operators.documents.Problem;
import io.foreshock.operators.documents.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Histories that are described instead of known. */
public final class History {
  private History() {}

  /**
   * Files whose columns a mapping file explains.
   *
   * @param data folder with the files, or one file
   * @param mapping mapping file
   * @param channels known channels with their units
   * @param progress hears how far reading is
   * @throws BacktestException naming everything that is wrong with the mapping: line, value, rule
   *     and way out
   */
  public static Recording mapped(
      Path data, Path mapping, ChannelRegistry channels, Progress progress) {
    String text;
    try {
      text = Files.readString(mapping);
    } catch (IOException e) {
      throw BacktestException.wrongInput("Cannot read the mapping file " + mapping + ".", e);
    }
    Problems problems = new Problems(mapping.getFileName().toString());
    Mapping read = MappingReader.read(text, problems, channels);
    List<HistoryFile> files = HistoryFiles.find(data, read, problems);
    if (problems.count() > 0) {
      throw BacktestException.wrongInput(
          "The mapping cannot be used:\n  "
              + problems.sorted().stream()
                  .map(Problem::toString)
                  .collect(Collectors.joining("\n  ")));
    }
    return new HistoryRecording(data.toString(), read.tenant(), files, channels, progress);
  }
}
