package io.foreshock.cli.backtest;

import io.foreshock.backtest.data.PublishedDataSets;
import io.foreshock.backtest.data.Recording;
import io.foreshock.backtest.history.History;
import io.foreshock.backtest.run.Progress;
import io.foreshock.cli.CliFailure;
import io.foreshock.model.ChannelRegistry;
import io.foreshock.patterns.catalogue.ChannelCatalogue;
import io.foreshock.patterns.language.ChannelDocument;
import io.foreshock.patterns.language.InvalidPatternException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/**
 * What was recorded: exactly one of a published data set, files with a mapping, a lake, a topic. A
 * lake and a topic hold no failures: a mapping may add them.
 */
final class RecordingOptions {

  /** Data sets by name, for {@code --help}. */
  static final class Formats implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return PublishedDataSets.names().iterator();
    }
  }

  @Option(
      names = "--data",
      paramLabel = "PATH",
      description = "Folder with the recording, or one file for --mapping.")
  private Path data;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      completionCandidates = Formats.class,
      description = "How the folder is laid out: ${COMPLETION-CANDIDATES}.")
  private String format;

  @Option(
      names = "--mapping",
      paramLabel = "FILE",
      description =
          "What the columns of CSV or Parquet files mean (YAML); jobs/backtest/README.md has all keys. With --lake or"
              + " --from-topic: where the failures are.")
  private Path mapping;

  @Option(
      names = "--channels",
      paramLabel = "FILE",
      description = "Channels with units and ranges, for a history. Default: the catalogue's.")
  private Path channels;

  @ArgGroup(exclusive = false, validate = false)
  private LakeOptions lake = new LakeOptions();

  @ArgGroup(exclusive = false, validate = false)
  private TopicOptions topic = new TopicOptions();

  @ArgGroup(exclusive = false, validate = false)
  private SetOptions set = new SetOptions();

  /**
   * Opens the recording.
   *
   * @param progress hears how far reading is
   */
  Recording open(Progress progress) throws IOException {
    checkKind();
    if (format != null) {
      return PublishedDataSets.named(format).open(data(), set.selection());
    }
    set.refuse();
    ChannelRegistry known = channels();
    if (mapping != null && !lake.given() && !topic.given()) {
      return History.mapped(data(), mapping, known, progress);
    }
    Optional<History.Read> more =
        mapping == null ? Optional.empty() : Optional.of(History.read(data(), mapping, known));
    return lake.given() ? lake.open(more, known, progress) : topic.open(more, known, progress);
  }

  /** What was recorded, in a few words. */
  String title() {
    return format != null
        ? format
        : lake.given()
            ? lake.title()
            : topic.given() ? topic.title() : data.getFileName().toString();
  }

  private void checkKind() {
    List<String> kinds =
        Stream.of(
                format == null ? null : "--format",
                lake.given() ? "--lake" : null,
                topic.given() ? "--from-topic" : null)
            .filter(Objects::nonNull)
            .toList();
    if (kinds.size() > 1) {
      throw CliFailure.wrongInput(
          String.join(" and ", kinds) + " do not go together. Choose one of them.");
    }
    if (kinds.isEmpty() && mapping == null) {
      throw CliFailure.wrongInput(
          "What was recorded is missing. Give one of --format (a published data set), --mapping (files whose columns"
              + " you explain), --lake, --from-topic.");
    }
    if (format != null && mapping != null) {
      throw CliFailure.wrongInput(
          "--mapping has no meaning with --format, which knows its columns. Remove one of them.");
    }
  }

  private Path data() {
    if (data == null) {
      throw CliFailure.wrongInput("--data is missing. Name the folder that holds the recording.");
    }
    return data;
  }

  private ChannelRegistry channels() {
    if (channels == null) {
      return ChannelCatalogue.load();
    }
    try {
      return ChannelDocument.parse(channels.toString(), Files.readString(channels));
    } catch (InvalidPatternException e) {
      throw CliFailure.wrongInput(e.getMessage());
    } catch (IOException e) {
      throw CliFailure.wrongInput("Cannot read the file " + channels + " of --channels.", e);
    }
  }
}
