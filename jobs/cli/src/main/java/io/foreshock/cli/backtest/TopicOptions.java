package io.foreshock.cli.backtest;

import io.foreshock.backtest.data.KnownFailures;
import io.foreshock.backtest.data.Recording;
import io.foreshock.backtest.history.History;
import io.foreshock.backtest.history.topic.TopicRecording;
import io.foreshock.backtest.history.topic.TopicStart;
import io.foreshock.backtest.run.Progress;
import io.foreshock.cli.CliFailure;
import io.foreshock.cli.Moment;
import io.foreshock.cli.kafka.KafkaConnection;
import io.foreshock.cli.kafka.WholeTopic;
import io.foreshock.model.ChannelRegistry;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** A topic of an installation. */
final class TopicOptions {

  @Option(
      names = "--from-topic",
      paramLabel = "TOPIC",
      description = "Replay <tenant>.telemetry or <tenant>.telemetry.raw, to its end as it is now.")
  private String topic;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      converter = Moment.class,
      description = "From that time of the broker on: 2026-11-20T08:00:00Z, or 2d for so long ago.")
  private Instant since;

  @Option(
      names = "--from-offset",
      paramLabel = "N",
      defaultValue = "-1",
      description = "From that offset of each partition on. Default: the beginning.")
  private long offset;

  @ArgGroup(exclusive = false, validate = false)
  private KafkaConnection kafka = new KafkaConnection();

  String title() {
    return "topic " + topic;
  }

  boolean given() {
    return topic != null;
  }

  /**
   * @param more files with the failures
   */
  Recording open(Optional<History.Read> more, ChannelRegistry channels, Progress progress)
      throws IOException {
    if (since != null && offset >= 0) {
      throw CliFailure.wrongInput("--since and --from-offset do not go together. Keep one.");
    }
    return new TopicRecording(
        topic,
        new TopicStart(since, offset),
        () -> WholeTopic.consumer(kafka),
        more.isPresent() ? History.failures(more.get()) : KnownFailures.NONE,
        channels,
        progress);
  }
}
