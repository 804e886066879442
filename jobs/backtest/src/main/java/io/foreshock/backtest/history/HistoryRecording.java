package io.foreshock.backtest.history;

import io.foreshock.backtest.BacktestException;
import io.foreshock.backtest.data.InputReport;
import io.foreshock.backtest.data.Recording;
import io.foreshock.backtest.data.Truth;
import io.foreshock.backtest.history.mapping.TableMapping;
import io.foreshock.backtest.history.rows.Rows;
import io.foreshock.backtest.run.Progress;
import io.foreshock.backtest.run.RecordFile;
import io.foreshock.backtest.score.AssetHours;
import io.foreshock.backtest.score.ComponentEvent;
import io.foreshock.backtest.score.Observation;
import io.foreshock.model.ChannelRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Files whose columns are known, as one recording: rows of all files in the order of event time,
 * one message for each asset and time.
 *
 * <p>Memory: a chunk of the sorter, the names, one bit for each asset and hour, failures and
 * maintenance.
 */
final class HistoryRecording implements Recording {
  private static final long PROGRESS_EVERY = 0xfff;

  private final String name;
  private final String tenant;
  private final List<HistoryFile> files;
  private final ChannelRegistry channels;
  private final Progress progress;
  private Truth truth;
  private InputReport input;

  /**
   * @param name of the history, for people
   * @param files in the order in which they are read
   */
  HistoryRecording(
      String name,
      String tenant,
      List<HistoryFile> files,
      ChannelRegistry channels,
      Progress progress) {
    this.name = name;
    this.tenant = tenant;
    this.files = List.copyOf(files);
    this.channels = channels;
    this.progress = progress;
  }

  @Override
  public List<String> describe() {
    return List.of(
        "%s: %d %s, tenant %s"
            .formatted(name, files.size(), files.size() == 1 ? "file" : "files", tenant));
  }

  /** Zone of the first table that states one. */
  @Override
  public ZoneId zone() {
    return files.stream()
        .map(file -> file.table().time().zone())
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(ZoneOffset.UTC);
  }

  @Override
  public String referenceSet() {
    return "";
  }

  @Override
  public ChannelRegistry channels() {
    return channels;
  }

  @Override
  public long writeTo(RecordFile.Target target) throws IOException {
    try (TimeSorter sorter = new TimeSorter(TimeSorter.CHUNK)) {
      HistoryIntake intake = new HistoryIntake(sorter);
      long repeated = read(intake);
      HistoryMessages messages = new HistoryMessages(tenant, intake, target);
      sorter.drainTo(messages);
      messages.flush();
      truth = truth(intake, messages);
      input = HistoryReport.of(intake, messages, repeated);
      return messages.written();
    }
  }

  /** Reads all files; returns how many local times came twice and were told apart. */
  private long read(HistoryIntake intake) throws IOException {
    long total = 0;
    for (HistoryFile file : files) {
      total += Files.size(file.path());
    }
    progress.begin("reading", "bytes", total);
    Map<TableMapping, Times> times = new IdentityHashMap<>();
    long before = 0;
    for (HistoryFile file : files) {
      Times ofTable = times.computeIfAbsent(file.table(), table -> new Times(table.time()));
      try (Rows rows = Rows.open(file.path(), file.table().form())) {
        read(file, rows, ofTable, intake, before);
      } catch (IOException e) {
        throw BacktestException.failed("Cannot read " + file.path() + ": " + e.getMessage(), e);
      }
      before += Files.size(file.path());
      progress.at(before);
    }
    progress.end();
    return times.values().stream().mapToLong(Times::repeated).sum();
  }

  private void read(HistoryFile file, Rows rows, Times times, HistoryIntake intake, long before)
      throws IOException {
    TableReading reading;
    try {
      reading = new TableReading(file, rows, times, intake);
    } catch (BadValue e) {
      intake.bad(file.name(), 0, e);
      return;
    }
    for (long count = 1; rows.next(); count++) {
      reading.row();
      if ((count & PROGRESS_EVERY) == 0) {
        progress.at(before + rows.bytesRead());
      }
    }
  }

  private static Truth truth(HistoryIntake intake, HistoryMessages messages) {
    List<ComponentEvent> failures = intake.failures().stream().sorted().toList();
    Observation observation =
        messages.measured() || messages.hours() == null
            ? Observation.ofTelemetry(hours(messages), failures)
            : Observation.ofEvents(
                intake.assets().all(), messages.firstMillis(), messages.lastMillis(), failures);
    return new Truth(failures, messages.maintenance(), List.of(), observation);
  }

  private static AssetHours hours(HistoryMessages messages) {
    return messages.hours() == null ? new AssetHours(0) : messages.hours();
  }

  @Override
  public Truth truth() {
    if (truth == null) {
      throw new IllegalStateException("The truth is known when the history has been read.");
    }
    return truth;
  }

  @Override
  public Optional<InputReport> input() {
    return Optional.ofNullable(input);
  }
}
