package io.foreshock.backtest.history;

import io.foreshock.backtest.BacktestException;
import io.foreshock.backtest.data.KnownFailures;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    Read read = read(data, mapping, channels);
    return new HistoryRecording(
        data.toString(), read.mapping().tenant(), read.files(), channels, progress);
  }

  /**
   * The lake that ingest writes, in the order of event time.
   *
   * @param lake its folder
   * @param tenant whose assets
   * @param more files that add what the lake does not hold: failures
   */
  public static Recording lake(
      Path lake, String tenant, Optional<Read> more, ChannelRegistry channels, Progress progress) {
    List<HistoryFile> files = new ArrayList<>(LakeFiles.find(lake, tenant));
    more.ifPresent(read -> files.addAll(read.files()));
    return new HistoryRecording(lake.toString(), tenant, files, channels, progress);
  }

  /**
   * Failures of files that a mapping explains; nothing else of them is used.
   *
   * @return by time, with what became of the rows: a bad one may be a failure that is not known
   */
  public static KnownFailures failures(Read read) throws IOException {
    Recording recording =
        new HistoryRecording(
            "", read.mapping().tenant(), read.files(), ChannelRegistry.EMPTY, Progress.NONE);
    recording.writeTo(record -> {});
    return new KnownFailures(recording.truth().failures(), recording.input());
  }

  /** A mapping and the files it names, as far as they are there. */
  public static final class Read {
    private final Mapping mapping;
    private final List<HistoryFile> files;

    private Read(Mapping mapping, List<HistoryFile> files) {
      this.mapping = mapping;
      this.files = files;
    }

    Mapping mapping() {
      return mapping;
    }

    List<HistoryFile> files() {
      return files;
    }
  }

  /**
   * Reads a mapping file and finds the files it names.
   *
   * @throws BacktestException naming everything that is wrong
   */
  public static Read read(Path data, Path mapping, ChannelRegistry channels) {
    String text;
    try {
      text = Files.readString(mapping);
    } catch (IOException e) {
      throw BacktestException.wrongInput("Cannot read the mapping file " + mapping + ".", e);
    }
    Problems problems = new Problems(mapping.getFileName().toString());
    Mapping parsed = MappingReader.read(text, problems, channels);
    List<HistoryFile> files = HistoryFiles.find(data, parsed, problems);
    if (problems.count() > 0) {
      throw BacktestException.wrongInput(
          "The mapping cannot be used:\n  "
              + problems.sorted().stream()
                  .map(Problem::toString)
                  .collect(Collectors.joining("\n  ")));
    }
    return new Read(parsed, files);
  }
}
