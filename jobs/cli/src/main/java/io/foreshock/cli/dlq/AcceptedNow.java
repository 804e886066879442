package io.foreshock.cli.dlq;

import io.foreshock.cli.CliFailure;
import io.foreshock.model.Channel;
import io.foreshock.model.ChannelRegistry;
import io.foreshock.operators.decode.DecodeRules;
import io.foreshock.operators.decode.TelemetryDecoder;
import io.foreshock.patterns.catalogue.ChannelCatalogue;
import io.foreshock.patterns.language.ChannelDocument;
import io.foreshock.patterns.language.InvalidPatternException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/**
 * What the jobs accept now; a mixin. The values are the jobs' own options, and must be given here
 * too when they differ from the defaults there.
 */
final class AcceptedNow {
  @Option(
      names = "--max-message-size",
      paramLabel = "BYTES",
      defaultValue = "1048576",
      description = "telemetry.max-message-size of the job, in bytes. Default: ${DEFAULT-VALUE}.")
  private int maxMessageSize;

  @Option(
      names = "--future-tolerance-seconds",
      paramLabel = "S",
      defaultValue = "300",
      description = "telemetry.future-tolerance of the job. Default: ${DEFAULT-VALUE}.")
  private long futureToleranceSeconds;

  @Option(
      names = "--channels",
      paramLabel = "FILE",
      description = "Channels beside those of the catalogue, as the job has them.")
  private List<Path> channels = List.of();

  /**
   * Reads records as the job does.
   *
   * @throws CliFailure naming everything that is wrong with the values
   */
  TelemetryDecoder decoder() {
    Map<String, Channel> known = new TreeMap<>(ChannelCatalogue.load().channels());
    for (Path file : channels) {
      try {
        known.putAll(ChannelDocument.parse(file.toString(), Files.readString(file)).channels());
      } catch (IOException e) {
        throw CliFailure.wrongInput("Channel file " + file + " cannot be read: " + e);
      } catch (InvalidPatternException e) {
        throw CliFailure.wrongInput(e.getMessage());
      }
    }
    try {
      return new TelemetryDecoder(
          new DecodeRules(
              maxMessageSize,
              Duration.ofSeconds(futureToleranceSeconds),
              DecodeRules.DEFAULT.liveMaxAge()),
          new ChannelRegistry(known.values()));
    } catch (IllegalArgumentException e) {
      throw CliFailure.wrongInput(e.getMessage());
    }
  }
}
