package io.foreshock.cli.dlq;

import io.foreshock.cli.CliFailure;
import io.foreshock.cli.kafka.KafkaConnection;
import io.foreshock.cli.kafka.WholeTopic;
import io.foreshock.model.ChannelRegistry;
import io.foreshock.model.RawRecord;
import io.foreshock.model.TelemetryBatch;
import io.foreshock.operators.assets.AssetDirectory;
import io.foreshock.operators.decode.DecodeRules;
import io.foreshock.operators.decode.TelemetryDecoder;
import io.foreshock.patterns.catalogue.ChannelCatalogue;
import io.foreshock.patterns.language.ChannelDocument;
import io.foreshock.patterns.language.InvalidPatternException;
import io.foreshock.proto.telemetry.v1.TelemetryMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import picocli.CommandLine.Option;

/**
 * What the jobs accept now; a mixin. The values are the jobs' own options, and must be given here
 * too when they differ from the defaults there.
 */
final class AcceptedNow {
  private static final String ASSETS = "foreshock.assets";
  private static final byte[] NOTHING = new byte[0];

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

  @Option(
      names = "--assets-topic",
      paramLabel = "NAME",
      description =
          "assets.topic of the job: the registry with the machines' own names and units of channels. Default:"
              + " foreshock.assets where it exists. \"\" for none.")
  private String assetsTopic;

  /**
   * Reads records as the job does.
   *
   * @throws CliFailure naming everything that is wrong with the values
   */
  TelemetryDecoder decoder(KafkaConnection kafka) {
    ChannelRegistry registry = ChannelCatalogue.load();
    for (Path file : channels) {
      try {
        registry = registry.with(ChannelDocument.parse(file.toString(), Files.readString(file)));
      } catch (IOException e) {
        throw CliFailure.wrongInput("Channel file " + file + " cannot be read: " + e);
      } catch (InvalidPatternException | IllegalArgumentException e) {
        throw CliFailure.wrongInput(e.getMessage());
      }
    }
    DecodeRules rules;
    try {
      rules =
          new DecodeRules(
              maxMessageSize,
              Duration.ofSeconds(futureToleranceSeconds),
              DecodeRules.DEFAULT.liveMaxAge());
    } catch (IllegalArgumentException e) {
      throw CliFailure.wrongInput(e.getMessage());
    }
    return new TelemetryDecoder(rules, registry, new ByAsset(assets(kafka, registry)));
  }

  /** What the asset registry says; a record that the job refuses changes nothing here either. */
  private AssetDirectory assets(KafkaConnection kafka, ChannelRegistry registry) {
    AssetDirectory assets = new AssetDirectory(registry);
    String topic = assetsTopic == null ? ASSETS : assetsTopic;
    if (topic.isEmpty()) {
      return assets;
    }
    if (!kafka.ask(admin -> KafkaConnection.answer(admin.listTopics().names())).contains(topic)) {
      if (assetsTopic == null) {
        return assets;
      }
      throw CliFailure.wrongInput(
          "There is no topic %s of --assets-topic on %s that this client may see. Check the name, or grant Read on it."
              .formatted(topic, kafka.servers()));
    }
    WholeTopic.read(
        kafka,
        List.of(topic),
        record -> {
          assets.take(raw(record));
          return true;
        });
    return assets;
  }

  private static RawRecord raw(ConsumerRecord<byte[], byte[]> record) {
    return new RawRecord(
        "",
        record.topic(),
        record.partition(),
        record.offset(),
        record.timestamp(),
        record.key() == null ? NOTHING : record.key(),
        record.value() == null ? NOTHING : record.value());
  }

  private record ByAsset(AssetDirectory assets) implements TelemetryDecoder.Normalization {
    @Override
    public TelemetryMessage apply(String tenant, TelemetryMessage message) {
      return assets.apply(tenant, message);
    }

    @Override
    public TelemetryBatch apply(TelemetryBatch batch) {
      return assets.apply(batch);
    }
  }
}
